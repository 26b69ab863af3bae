/** What the chat says over its socket (PROTOCOL.md). */

export interface Person {
  readonly id: string
  readonly name: string
}

export interface Message {
  readonly id: string
  readonly roomId: string
  readonly sequence: number
  readonly author: Person
  readonly text: string
  readonly sentAt: string
}

export interface ReadMark {
  readonly userId: string
  readonly sequence: number
}

export interface Room {
  readonly id: string
  readonly kind: 'public' | 'private'
  readonly title: string
  readonly members: readonly string[]
  readonly lastSequence: number
  readonly unread?: number
}

export interface Joined {
  readonly room: Room
  readonly here: readonly Person[]
  readonly reads: readonly ReadMark[]
  readonly messages?: readonly Message[]
  readonly nextAfter?: number | null
}

export interface History {
  readonly items: readonly Message[]
  readonly nextCursor: string | null
}
