import type { Message } from '../domain/message.js'
import type { RoomSummary, RoomWithMembers } from '../domain/room.js'

/** What clients get to see, over HTTP and over sockets. */

export function representMessage(message: Message): object {
  const { id, roomId, sequence, authorId, authorName, clientId, text, mentions, sentAt } = message
  return {
    id,
    roomId,
    sequence,
    author: { id: authorId, name: authorName },
    clientId,
    text,
    mentions,
    sentAt: sentAt.toISOString(),
  }
}

export function representRoom({ room, memberIds }: RoomWithMembers): object {
  const { id, kind, title, ownerId, lastSequence, createdAt } = room
  return { id, kind, title, ownerId, members: memberIds, lastSequence, createdAt: createdAt.toISOString() }
}

export function representSummary(summary: RoomSummary): object {
  return { ...representRoom(summary), unread: summary.unread }
}
