import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/*
 * What carries one request and its response: turbo's connection today.
 *
 * The messages are node's own, with all their members, and everything that is rare goes node's way: node's methods
 * write to `res.socket`, whatever stream that is. What is common goes to the carrier: a whole answer at once, the
 * end of one, the start of reading a body. A message without a carrier belongs to node:http.
 */
export interface Carrier {
  /** What `req.socket` and `res.socket` show, and what node's methods write to. */
  readonly socket: Socket
  /** Whether it holds the socket back itself (`cork()`), to write several answers at once. */
  readonly isGathering: boolean
  /** Whether what the response writes now leaves at once. Not so while an answer before it is under way. */
  isTurnOf(res: ServerResponse): boolean
  /**
   * Sends all of an answer: the head, and the body if there is one. Calls `emitPrefinish()`, and `emitFinish()` when all
   * has left.
   */
  sendWhole(res: ServerResponse, head: string, body: string | Uint8Array | null): void
  /** All of the answer has been handed to `res.socket`; 'finish' follows when it has left. */
  endAnswer(res: ServerResponse): void
  /** What follows Date in the head of an answer after which the connection goes on: Date, Connection, Keep-Alive. */
  persistence(res: ServerResponse): string | null
  /** Somebody wants the body of the request. */
  startReading(req: IncomingMessage): void
}

/** @internal The carrier of a message; null on those that node:http made. */
export const carrier = Symbol('nozomi.carrier')

export interface Carried {
  [carrier]?: Carrier | null
}
