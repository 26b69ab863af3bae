import { SessionExpired } from '../../../platform/realtime/socket-session.js'
import { invalidInput } from '../../../http/problems/invalid-input.js'
import { unauthenticated } from '../../../http/principal.js'
import { defineProblems, Problem } from '../../../http/problems/problem.js'
import {
  MentionedIsNoMember,
  NotInRoom,
  NotRoomOwner,
  RoomFull,
  RoomNotFound,
  TooManyMessages,
  TooManyRooms,
  UnknownUsers,
} from '../domain/errors.js'

export const CHAT_PROBLEMS = defineProblems({
  'room-not-found': {
    status: 404,
    title: 'There is no such room',
    explanation: 'It never was, or you do not belong to it.',
  },
  'not-room-owner': {
    status: 403,
    title: 'The room is not yours',
    explanation: 'Who made a room says who belongs to it. Everybody may leave it.',
  },
  'room-full': {
    status: 409,
    title: 'The room is full',
    explanation: 'Somebody has to leave before somebody else can come in.',
  },
  'not-in-room': {
    status: 409,
    title: 'This connection is not in the room',
    explanation: 'Send `chat:join` first, also after the connection was lost.',
  },
  'too-many-rooms': {
    status: 409,
    title: 'This connection is in too many rooms',
    explanation: 'Send `chat:leave` for one of them first.',
  },
  'too-many-messages': {
    status: 429,
    title: 'Too many messages',
    explanation: '`detail` says how many are allowed, and when to go on.',
  },
  'unknown-event': {
    status: 404,
    title: 'There is no such event',
    explanation: '`detail` names the events that a client can send over its socket.',
  },
})

/** What a client is told about the errors of the chat's domain. */
export function problemOfChat(error: unknown): Problem | null {
  if (error instanceof RoomNotFound)
    return new Problem(CHAT_PROBLEMS['room-not-found'], `There is no room ${JSON.stringify(error.roomId)}.`)
  if (error instanceof NotRoomOwner)
    return new Problem(CHAT_PROBLEMS['not-room-owner'], 'Only the owner of the room may do this.')
  if (error instanceof RoomFull)
    return new Problem(CHAT_PROBLEMS['room-full'], `A room has at most ${error.limit} members.`)
  if (error instanceof NotInRoom) {
    const detail = `Join the room ${JSON.stringify(error.roomId)} before.`
    return new Problem(CHAT_PROBLEMS['not-in-room'], detail)
  }
  if (error instanceof TooManyRooms) {
    const detail = `One connection can be in ${error.limit} rooms; leave one.`
    return new Problem(CHAT_PROBLEMS['too-many-rooms'], detail)
  }
  if (error instanceof TooManyMessages) {
    const seconds = Math.ceil(error.waitMs / 1000)
    const detail = `You may send ${error.limit} messages at a time; go on in ${seconds} s.`
    return new Problem(CHAT_PROBLEMS['too-many-messages'], detail, {
      headers: { 'Retry-After': String(seconds) },
    })
  }
  if (error instanceof MentionedIsNoMember) {
    const problem = `has ${JSON.stringify(error.userId)}, who does not belong to the room`
    return invalidInput([{ in: 'body', field: 'mentions', problem, expected: 'ids of members of the room' }])
  }
  if (error instanceof UnknownUsers) return unknownUsers(error)
  if (error instanceof SessionExpired)
    return unauthenticated(
      'Your token is no longer good; send session:renew with a new one.',
      'invalid_token',
    )
  return null
}

function unknownUsers({ userIds, namedIn }: UnknownUsers): Problem {
  const ids = userIds.map((id) => JSON.stringify(id)).join(', ')
  if (namedIn === 'user') {
    const problem = `is ${ids}, who is no user`
    return invalidInput([
      { in: 'params', field: namedIn, problem, expected: 'the id of a user that there is' },
    ])
  }
  const problem = `has ${ids}, who ${userIds.length === 1 ? 'is no user' : 'are no users'}`
  return invalidInput([{ in: 'body', field: namedIn, problem, expected: 'ids of users that there are' }])
}
