/** Sends something to a user who may be connected somewhere. Who is not gets nothing, and nobody learns of it. */
export interface UserPush {
  /** To all connections of a user, on every instance. */
  toUser(userId: string, event: string, payload: object): void
}
