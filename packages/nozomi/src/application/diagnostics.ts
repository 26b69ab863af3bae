import { channel } from 'node:diagnostics_channel'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { onAnswerEnd } from '../messages/answer-end.js'

/*
 * What an application publishes of each request, and of its servers. Its handlers are published by routing/tracing.ts.
 *
 * Perf: with no subscriber a request asks `areRequestsObserved()`, and nothing else in this file runs. Watched by
 * bench/diagnostics.mjs.
 */

/** What is published of a request: one object for its start and its end. */
export interface RequestEvent {
  /** The application that was asked first. */
  readonly app: object
  readonly req: IncomingMessage
  readonly res: ServerResponse
}

export interface ListenEvent {
  readonly app: object
  readonly server: Server
}

const start = channel('nozomi.request.start')
const finish = channel('nozomi.request.finish')
const abort = channel('nozomi.request.abort')
const listen = channel('nozomi.listen')

/**
 * A registered symbol, on each request whose start was published: so that who publishes for another framework, with this
 * application mounted in one of its own or the other way round, publishes it once.
 */
const isPublished = Symbol.for('nozomi.request.published')

type Observed = IncomingMessage & { [isPublished]?: true; upgrade?: boolean | null }

/** Whether anybody wants to hear of requests. */
export function areRequestsObserved(): boolean {
  return start.hasSubscribers || finish.hasSubscribers || abort.hasSubscribers
}

/** Publishes the start of a request, and its end when it comes; of one that an application around has not published. */
export function publishRequest(app: object, req: Observed, res: ServerResponse): void {
  // What became a WebSocket is neither finished nor aborted, whoever sends it through the application (express-ws).
  if (req[isPublished] || req.upgrade === true) return
  Object.defineProperty(req, isPublished, { value: true })
  const event: RequestEvent = { app, req, res }
  start.publish(event)
  onAnswerEnd(req, res, {
    sent: () => finish.publish(event),
    lost: () => abort.publish(event),
  })
}

export function publishListen(app: object, server: Server): void {
  if (listen.hasSubscribers) listen.publish({ app, server } satisfies ListenEvent)
}
