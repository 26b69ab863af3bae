import type { RequestListener } from 'node:http'
import { isUint8Array } from 'node:util/types'
import type { CarriedClasses } from '../carried-classes.js'
import { Exchange } from '../exchange/exchange.js'
import { type Pieces, RequestBody } from '../exchange/request-body.js'
import { AnswerCollector } from './answer-collector.js'
import { injectedRequest, type InjectedRequest } from './injected-request.js'
import type { InjectedAnswer, InjectOptions } from '../../types/in-process.js'

/*
 * A request without a socket: made of options, handed to the listener in the same process, and its answer collected.
 */

/**
 * Asks a listener, and gives its answer. As over a socket, the listener is called before the body of the request comes,
 * and never in the caller's own turn.
 *
 * @throws NOZOMI_INJECT_OPTION when the request can't be made of the options; NOZOMI_INJECT_ABORTED when the listener
 *   destroys the exchange; what the listener throws; the reason of `signal`.
 */
export async function inject(
  classes: CarriedClasses,
  listener: RequestListener,
  options: InjectOptions,
): Promise<InjectedAnswer> {
  const { arrival, body } = await injectedRequest(options)
  const { signal, stream: isStreamed = false } = options
  signal?.throwIfAborted()
  return new Promise((resolve, reject) => {
    const requestBody = body === null ? null : new RequestBody(piecesOf(body))
    const collector = new AnswerCollector(
      {
        answered: resolve,
        failed: reject,
        left: () => {
          requestBody?.stop()
          exchange.abort()
        },
        resume: () => requestBody?.resume(),
        done: () => {
          requestBody?.stop()
          signal?.removeEventListener('abort', onAbort)
        },
      },
      isStreamed,
    )
    const exchange = new Exchange(classes, arrival, collector)
    signal?.addEventListener('abort', onAbort)
    exchange.dispatch(listener)
    if (requestBody === null) exchange.complete()
    else requestBody.sendTo(exchange).catch(fail)

    function onAbort(): void {
      fail(signal?.reason as Error)
    }

    function fail(error: Error): void {
      exchange.abort()
      collector.fail(error)
    }
  })
}

function piecesOf(body: NonNullable<InjectedRequest['body']>): Pieces {
  const iterator = isUint8Array(body) ? one(body) : body[Symbol.asyncIterator]()
  return {
    next: () => iterator.next(),
    cancel: () => {
      iterator.return?.().catch(ignore)
    },
  }
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.byteLength > 0) yield bytes
}

function ignore(): void {}
