import type { RequestListener } from 'node:http'
import { createError } from '../../errors/catalogue.js'
import type { CarriedClasses } from '../carried-classes.js'
import type { AnswerSink } from '../exchange/answer-sink.js'
import { Exchange } from '../exchange/exchange.js'
import type { EventRequest } from './event.js'

/** Who hears of the answer. */
export interface AnswerOwner<Result> {
  answered(result: Result): void
  failed(error: Error): void
  /** Nobody takes the rest of the answer. */
  left(): void
}

/** What Lambda calls a function with; `req.lambda`. */
export interface Invocation {
  event: unknown
  context: unknown
}

/** Has a request answered by a listener, and gives what the sink makes of the answer. Nothing is left open behind it. */
export function answerEvent<Result>(
  classes: CarriedClasses,
  listener: RequestListener,
  request: EventRequest,
  invocation: Invocation,
  marginMs: number,
  createSink: (owner: AnswerOwner<Result>) => AnswerSink,
): Promise<Result> {
  const { arrival, body } = request
  return new Promise((resolve, reject) => {
    const owner: AnswerOwner<Result> = {
      answered: (result) => {
        clearTimeout(timer)
        resolve(result)
      },
      failed: (error) => {
        clearTimeout(timer)
        reject(error)
        exchange.abort()
      },
      left: () => owner.failed(createError('NOZOMI_LAMBDA_ABORTED', [])),
    }
    const exchange = new Exchange(classes, arrival, createSink(owner))
    const timer = beforeTimeout(invocation.context, marginMs, (remainingMs) => {
      owner.failed(createError('NOZOMI_LAMBDA_TIMEOUT', [arrival.method, arrival.target, remainingMs]))
    })
    ;(exchange.req as { lambda?: Invocation }).lambda = invocation
    try {
      exchange.dispatch(listener)
    } catch (error) {
      owner.failed(error as Error)
      return
    }
    if (body !== null && body.length > 0) exchange.push(body)
    exchange.complete()
  })
}

/** Calls when so many milliseconds are left until Lambda ends the function, with what is left then. */
function beforeTimeout(
  context: unknown,
  marginMs: number,
  callback: (remainingMs: number) => void,
): NodeJS.Timeout | undefined {
  const remaining = (context as { getRemainingTimeInMillis?: () => number } | null | undefined)
    ?.getRemainingTimeInMillis
  if (typeof remaining !== 'function') return undefined
  const left = remaining.call(context)
  // No function is called with no time left: what says so is no clock.
  if (!Number.isFinite(left) || left <= 0) return undefined
  const delay = Math.max(left - marginMs, left / 2)
  return setTimeout(callback, delay, Math.round(left - delay))
}
