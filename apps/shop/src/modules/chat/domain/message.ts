/** What somebody wrote, before it has its place in the room. */
export interface MessageDraft {
  readonly id: string
  readonly roomId: string
  readonly authorId: string
  readonly authorName: string
  /** The client's own number for it: what is sent again with the same one is the same message. */
  readonly clientId: string
  readonly text: string
  /** The users who are named in it. */
  readonly mentions: readonly string[]
  readonly sentAt: Date
}

export interface Message extends MessageDraft {
  /** Its place in the room: 1, 2, 3, without gaps. Who has 7 and gets 9 has missed one. */
  readonly sequence: number
}

/** A message that is stored; `isNew` is false when it was already. */
export interface StoredMessage {
  readonly message: Message
  readonly isNew: boolean
}

/** How far somebody has read in a room. */
export interface ReadMark {
  readonly userId: string
  readonly sequence: number
}

export const MESSAGE_LIMITS = { textLength: 2000, mentions: 10 } as const
