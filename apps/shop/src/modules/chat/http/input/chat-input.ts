import { z } from 'zod'
import { expecting } from '../../../../http/input/expectation.js'
import { whole, line, lines } from '../../../../http/input/text.js'
import { MESSAGE_LIMITS } from '../../domain/message.js'
import { ROOM_LIMITS } from '../../domain/room.js'
import { parseCursor } from './cursor.js'

/** What clients send to the chat, over HTTP and over sockets. */

export const DEFAULT_HISTORY = 50
export const MAX_HISTORY = 100

const ID = /^[\w.:@-]{1,64}$/

const userId = z.string().regex(ID)
const USER_IDS = `different ids of users, each with at most 64 letters, digits, and . : @ _ -`

const roomId = expecting('the id of a room, such as "support"', z.string().regex(ID))

const sequence = expecting(
  'the sequence of a message: a whole number from 0',
  z.int().min(0).max(2_147_483_647),
)

const cursor = expecting(
  'the nextCursor of a history',
  z
    .string()
    .refine((text) => parseCursor(text) !== null)
    .transform(parseCursor),
)

export const roomPath = z.object({ room: roomId })

export const memberPath = z.object({
  room: roomId,
  user: expecting('the id of a user', userId),
})

const { titleLength, members } = ROOM_LIMITS

/** A new private room. */
export const roomBody = expecting(
  'a JSON object with title and members',
  z.strictObject({
    title: expecting(`a line of text with 1 to ${titleLength} characters`, line(1, titleLength)),
    members: expecting(`a list of 1 to ${members - 1} ${USER_IDS}`, listOfIds(1, members - 1)),
  }),
)

export const historyQuery = z.strictObject({
  limit: expecting(`a whole number from 1 to ${MAX_HISTORY}`, whole(1, MAX_HISTORY)).default(DEFAULT_HISTORY),
  cursor: cursor.optional(),
})

const { textLength, mentions } = MESSAGE_LIMITS

const object = <Shape extends z.ZodRawShape>(shape: Shape) =>
  expecting(`an object with ${Object.keys(shape).join(', ')}`, z.strictObject(shape))

/** The payloads of the events that a client sends. */
export const PAYLOADS = {
  join: object({ roomId, after: sequence.optional() }),
  leave: object({ roomId }),
  send: object({
    roomId,
    clientId: expecting(
      '8 to 64 letters, digits, - and _ that this client has not used for another message',
      z.string().regex(/^[\w-]{8,64}$/),
    ),
    text: expecting(
      `text with 1 to ${textLength} characters`,
      lines(textLength).refine((text) => text !== ''),
    ),
    mentions: expecting(`a list of at most ${mentions} ${USER_IDS}`, listOfIds(0, mentions)).default([]),
  }),
  typing: object({ roomId, isTyping: expecting('true or false', z.boolean()) }),
  read: object({ roomId, sequence }),
  history: object({
    roomId,
    limit: expecting(`a whole number from 1 to ${MAX_HISTORY}`, z.int().min(1).max(MAX_HISTORY)).default(
      DEFAULT_HISTORY,
    ),
    cursor: cursor.optional(),
  }),
  renew: object({ token: expecting('an access token', z.string().min(1).max(8000)) }),
} as const

/** Checked as a whole, so that an error names the list, and says what is right for all of it. */
function listOfIds(min: number, max: number) {
  const check = z.custom<readonly string[]>(
    (value) =>
      Array.isArray(value) &&
      value.length >= min &&
      value.length <= max &&
      new Set(value).size === value.length &&
      value.every((id) => userId.safeParse(id).success),
  )
  // The OpenAPI document can not look into the function.
  return check.meta({
    type: 'array',
    items: { type: 'string', pattern: ID.source },
    minItems: min,
    maxItems: max,
    uniqueItems: true,
  })
}
