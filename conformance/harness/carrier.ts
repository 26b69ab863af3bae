import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Answer } from './answer.js'
import type { Exchange } from './exchange.js'

/** What a scenario builds: an application, or a plain request listener. */
export type Served = ((req: IncomingMessage, res: ServerResponse) => void) & { listen?: Listen }

type Listen = (port: number, host: string) => Server

/** What came back on one connection. */
export interface Transcript {
  answers: Answer[]
  /** Bytes behind the last answer, or bytes that are no answer. */
  surplus: Buffer
  /** How the connection ended: a server that neither answers nor closes within the time limit leaves it open. */
  ending: 'closed' | 'left open'
  /** When the last byte was read, in ms since the epoch: dates are judged against it. */
  readAt: number
}

/** An application being served, and a way to talk to it. */
export interface Line {
  talk(exchange: Exchange): Promise<Transcript>
  close(): Promise<void>
}

/**
 * How an application is served, and how bytes go in and out. A carrier without a socket (in-process injection, a
 * Web Request) reads the request from the bytes of a `send` step and fills in the transcript itself.
 */
export interface Carrier {
  name: string
  /** It speaks turbo, which refuses more than node:http. */
  isTurbo?: boolean
  /** There is no connection that the application could see or shape. */
  isRelayed?: boolean
  /** What Express is behind when the two are compared; its own `listen` where nothing stands here. */
  reference?: Carrier
  open(app: Served): Promise<Line>
}
