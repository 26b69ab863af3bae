/** `public`: every user may come in. `private`: its members only; nobody else learns that it exists. */
export type RoomKind = 'public' | 'private'

export interface Room {
  readonly id: string
  readonly kind: RoomKind
  readonly title: string
  /** Who made it, and says who is a member; null for the rooms that the shop has by itself. */
  readonly ownerId: string | null
  /** The number of its newest message; 0 when there is none. */
  readonly lastSequence: number
  readonly createdAt: Date
}

/** A room and those who belong to it; a public one has no members. */
export interface RoomWithMembers {
  readonly room: Room
  readonly memberIds: readonly string[]
}

/** What a user sees of a room in a list. */
export interface RoomSummary extends RoomWithMembers {
  readonly unread: number
}

/** The public room in which customers and the people of the shop meet. */
export const SUPPORT_ROOM_ID = 'support'

export const ROOM_LIMITS = { titleLength: 80, members: 50 } as const

export function mayEnter({ room, memberIds }: RoomWithMembers, userId: string): boolean {
  return room.kind === 'public' || memberIds.includes(userId)
}

/** Its owner says who belongs to a room, and everybody may leave it. */
export function mayRemove({ room }: RoomWithMembers, userId: string, memberId: string): boolean {
  return room.kind === 'private' && (userId === memberId || room.ownerId === userId)
}

export function mayAdd({ room }: RoomWithMembers, userId: string): boolean {
  return room.kind === 'private' && room.ownerId === userId
}

/** The room that every shop has from its start. */
export function supportRoom(now: Date): Room {
  return {
    id: SUPPORT_ROOM_ID,
    kind: 'public',
    title: 'Support',
    ownerId: null,
    lastSequence: 0,
    createdAt: now,
  }
}
