import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/*
 * What a server needs to make messages: an application's classes, or those for a plain listener.
 */

export type RequestClass = new (socket: Socket) => IncomingMessage
export type ResponseClass = new (req: IncomingMessage, options?: object) => ServerResponse

/** The classes of the messages, and how a client is told late that it may send its body. */
export interface CarriedClasses {
  IncomingMessage?: RequestClass | undefined
  ServerResponse?: ResponseClass | undefined
  /** Makes a request of the class send `100 Continue` when somebody starts to read its body. */
  deferContinue?(req: IncomingMessage): void
}
