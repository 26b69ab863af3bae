import { DomainError } from '../../../domain/errors.js'

/** There is none, or the one who asks does not belong to it: nobody learns of rooms that are not theirs. */
export class RoomNotFound extends DomainError {
  readonly roomId: string

  constructor(roomId: string) {
    super(`there is no room ${roomId}`)
    this.roomId = roomId
  }
}

/** The one who asks may not say who belongs to the room. */
export class NotRoomOwner extends DomainError {
  readonly roomId: string

  constructor(roomId: string) {
    super(`only its owner says who belongs to the room ${roomId}`)
    this.roomId = roomId
  }
}

export class RoomFull extends DomainError {
  readonly limit: number

  constructor(limit: number) {
    super(`a room has at most ${limit} members`)
    this.limit = limit
  }
}

export class NotInRoom extends DomainError {
  readonly roomId: string

  constructor(roomId: string) {
    super(`this connection is not in the room ${roomId}`)
    this.roomId = roomId
  }
}

/** Somebody is named whom nobody knows. */
export class UnknownUsers extends DomainError {
  readonly userIds: readonly string[]
  /** As what they were named: one `user`, or in a list. */
  readonly namedIn: 'user' | 'members' | 'mentions'

  constructor(userIds: readonly string[], namedIn: UnknownUsers['namedIn']) {
    super(`there is no user ${userIds.join(', ')}`)
    this.userIds = userIds
    this.namedIn = namedIn
  }
}

/** A message names somebody who can't read it. */
export class MentionedIsNoMember extends DomainError {
  readonly userId: string

  constructor(userId: string) {
    super(`${userId} does not belong to the room`)
    this.userId = userId
  }
}

export class TooManyMessages extends DomainError {
  readonly limit: number
  /** When the next one is taken. */
  readonly waitMs: number

  constructor(limit: number, waitMs: number) {
    super(`more than ${limit} messages; the next one in ${waitMs} ms`)
    this.limit = limit
    this.waitMs = waitMs
  }
}

export class TooManyRooms extends DomainError {
  readonly limit: number

  constructor(limit: number) {
    super(`one connection can be in ${limit} rooms`)
    this.limit = limit
  }
}
