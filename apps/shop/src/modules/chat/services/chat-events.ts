/** The event of the bus that tells of a message which names somebody; its data is a ChatMentioned. */
export const MENTIONED = 'chat.mentioned'

export interface ChatMentioned {
  readonly roomId: string
  readonly roomTitle: string
  readonly messageId: string
  readonly sequence: number
  readonly authorName: string
  readonly text: string
  /** Who is named. */
  readonly userIds: readonly string[]
}
