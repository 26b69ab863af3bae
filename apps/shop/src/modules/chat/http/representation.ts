import type { z } from 'zod'
import type { Message } from '../domain/message.js'
import type { RoomSummary, RoomWithMembers } from '../domain/room.js'
import type { messageSchema, roomSchema, summarySchema } from './contracts/chat-contracts.js'

/** What clients get to see, over HTTP and over sockets. */

export function representMessage(message: Message): z.input<typeof messageSchema> {
  const { id, roomId, sequence, authorId, authorName, clientId, text, mentions, sentAt } = message
  return {
    id,
    roomId,
    sequence,
    author: { id: authorId, name: authorName },
    clientId,
    text,
    mentions: [...mentions],
    sentAt: sentAt.toISOString(),
  }
}

export function representRoom({ room, memberIds }: RoomWithMembers): z.input<typeof roomSchema> {
  const { id, kind, title, ownerId, lastSequence, createdAt } = room
  return {
    id,
    kind,
    title,
    ownerId,
    members: [...memberIds],
    lastSequence,
    createdAt: createdAt.toISOString(),
  }
}

export function representSummary(summary: RoomSummary): z.input<typeof summarySchema> {
  return { ...representRoom(summary), unread: summary.unread }
}
