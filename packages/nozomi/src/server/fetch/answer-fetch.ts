import type { RequestListener } from 'node:http'
import type { FetchContext } from '../../types/in-process.js'
import type { CarriedClasses } from '../carried-classes.js'
import { Exchange } from '../exchange/exchange.js'
import { RequestBody } from '../exchange/request-body.js'
import { arrivalOf } from './arrival.js'
import { ResponseSink } from './response-sink.js'

/** Under this name a handler finds what the platform gave with the request: `req.env`. */
interface WithEnv {
  env?: unknown
}

/**
 * Answers a Web `Request` by a listener for node's messages. The body of the request is read as fast as the listener
 * wants it, that of the answer as fast as its reader does. `request.signal` aborted: the client has gone; the answer's
 * body cancelled: the same, and so is a body of the request that fails.
 *
 * @throws NOZOMI_FETCH_REQUEST for what is no Request; NOZOMI_FETCH_ABORTED when the listener destroys the exchange
 *   before it has answered; what the listener throws; the reason of `request.signal`, and that
 *   for which the body of the request fails.
 */
export async function answerFetch(
  classes: CarriedClasses,
  listener: RequestListener,
  request: Request,
  context: FetchContext = {},
): Promise<Response> {
  const arrival = arrivalOf(request, context)
  const { body, signal } = request
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const requestBody = body === null ? null : bodyOf(body)
    const sink = new ResponseSink({
      answered: resolve,
      failed: reject,
      left: () => {
        requestBody?.stop()
        exchange.abort()
      },
      resume: () => requestBody?.resume(),
      done: () => {
        requestBody?.stop()
        signal.removeEventListener('abort', onAbort)
      },
    })
    const exchange = new Exchange(classes, arrival, sink)
    if ('env' in context) (exchange.req as WithEnv).env = context.env
    signal.addEventListener('abort', onAbort)
    exchange.dispatch(listener)
    if (requestBody === null) exchange.complete()
    else requestBody.sendTo(exchange).catch(fail)

    function onAbort(): void {
      fail(signal.reason as Error)
    }

    function fail(error: Error): void {
      exchange.abort()
      sink.fail(error)
    }
  })
}

function bodyOf(body: ReadableStream<Uint8Array>): RequestBody {
  const reader = body.getReader()
  return new RequestBody({
    next: () => reader.read(),
    cancel: () => {
      reader.cancel().catch(ignore)
    },
  })
}

function ignore(): void {}
