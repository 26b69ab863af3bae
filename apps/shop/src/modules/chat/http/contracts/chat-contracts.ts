import { z } from 'zod'
import { component } from '../../../../http/contracts/component.js'
import { operation } from '../../../../http/contracts/operation.js'
import { PROBLEMS } from '../../../../http/problems/problem-catalogue.js'
import { historyQuery, memberPath, roomBody, roomPath } from '../input/chat-input.js'
import { CHAT_PROBLEMS } from '../problems.js'

const room = z.object({
  id: z.string(),
  kind: z.enum(['public', 'private']),
  title: z.string(),
  ownerId: z.string().nullable().describe('Null for the rooms of the shop.'),
  members: z.array(z.string()).describe('Ids of users; none, when the room is public.'),
  lastSequence: z.int().min(0).describe('The number of its newest message.'),
  createdAt: z.iso.datetime(),
})

export const roomSchema = component('ChatRoom', room)

export const summarySchema = component('ChatRoomSummary', room.extend({ unread: z.int().min(0) }))

export const readSchema = component(
  'ChatRoomWithReads',
  room.extend({
    reads: z
      .array(z.object({ userId: z.string(), sequence: z.int().min(0) }))
      .describe('How far who has read.'),
  }),
)

export const messageSchema = component(
  'ChatMessage',
  z.object({
    id: z.string(),
    roomId: z.string(),
    sequence: z.int().min(1).describe('Its place in the room: 1, 2, 3, without gaps.'),
    author: z.object({ id: z.string(), name: z.string() }),
    clientId: z.string().describe('What the client that sent it has called it.'),
    text: z.string(),
    mentions: z.array(z.string()).describe('Ids of users who are named in it.'),
    sentAt: z.iso.datetime(),
  }),
)

const newRoom = component(
  'NewChatRoom',
  roomBody.meta({ examples: [{ title: 'Tea', members: ['0197f2c0-1a2b-7c3d-8e4f-5a6b7c8d9e0f'] }] }),
)

/** Of `/chat/rooms`. Talking is for sockets, and is described in PROTOCOL.md. */
const common = { tag: 'chat', security: 'user' } as const

const notFound = CHAT_PROBLEMS['room-not-found']
const notOwner = CHAT_PROBLEMS['not-room-owner']
const contention = PROBLEMS['too-much-contention']

export const listRooms = operation({
  ...common,
  method: 'get',
  id: 'listRooms',
  summary: 'Lists the rooms that you can enter, and counts what you have not read',
  answers: { 200: { description: 'All of them.', schema: z.object({ items: z.array(summarySchema) }) } },
})

export const createRoom = operation({
  ...common,
  method: 'post',
  id: 'createRoom',
  summary: 'Makes a private room for you and others',
  body: newRoom,
  answers: { 201: { description: 'The room.', schema: roomSchema, headers: { Location: 'Where it is.' } } },
  errors: [CHAT_PROBLEMS['room-full'], contention],
})

export const readRoom = operation({
  ...common,
  method: 'get',
  id: 'readRoom',
  summary: 'Reads a room, and how far who has read',
  params: roomPath,
  answers: { 200: { description: 'The room.', schema: readSchema } },
  errors: [notFound],
})

export const listMessages = operation({
  ...common,
  method: 'get',
  id: 'listMessages',
  summary: 'Gives what was said in a room, the newest first',
  params: roomPath,
  query: historyQuery,
  answers: {
    200: {
      description: 'A slice; `nextCursor` goes on.',
      schema: z.object({ items: z.array(messageSchema), nextCursor: z.string().nullable() }),
    },
  },
  errors: [notFound],
})

export const addMember = operation({
  ...common,
  method: 'put',
  id: 'addMember',
  summary: 'Lets somebody into a room of yours',
  params: memberPath,
  body: null,
  answers: { 200: { description: 'The room as it is now.', schema: roomSchema } },
  errors: [notFound, notOwner, CHAT_PROBLEMS['room-full'], contention],
})

export const removeMember = operation({
  ...common,
  method: 'delete',
  id: 'removeMember',
  summary: 'Leaves a room, or puts somebody out of one of yours',
  params: memberPath,
  body: null,
  answers: { 204: { description: 'They are out.' } },
  errors: [notFound, notOwner],
})
