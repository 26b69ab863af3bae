import type { RequestListener } from 'node:http'
import { createError } from '../../errors/catalogue.js'
import type { CarriedClasses } from '../carried-classes.js'
import { BufferedAnswer } from './buffered-answer.js'
import { readEvent } from './event.js'
import { answerEvent } from './invocation.js'
import { assertLambdaOptions, type LambdaOptions } from './lambda-options.js'
import { compileIsBinary } from './result-body.js'
import { type ResponseStream, StreamedAnswer, type StreamingRuntime } from './streamed-answer.js'

const TIMEOUT_MARGIN_MS = 250

/** What AWS's runtime calls for each request. */
export type LambdaHandler = (event: unknown, context: unknown) => Promise<unknown>

/**
 * Makes a handler for AWS Lambda of a listener for requests of node:http.
 *
 * @throws NOZOMI_LAMBDA_OPTION; NOZOMI_LAMBDA_STREAMING
 */
export function createLambdaHandler(
  classes: CarriedClasses,
  listener: RequestListener,
  options: LambdaOptions,
): LambdaHandler {
  assertLambdaOptions(options)
  const { timeoutMarginMs = TIMEOUT_MARGIN_MS } = options
  if (options.streaming) return streamingHandler(classes, listener, options, timeoutMarginMs)
  const isBinary = compileIsBinary(options.binary)
  return async function lambdaHandler(event, context) {
    const request = readEvent(event, options)
    return answerEvent<object>(
      classes,
      listener,
      request,
      { event, context },
      timeoutMarginMs,
      (owner) => new BufferedAnswer(owner, request.gateway, isBinary),
    )
  }
}

function streamingHandler(
  classes: CarriedClasses,
  listener: RequestListener,
  options: LambdaOptions,
  timeoutMarginMs: number,
): LambdaHandler {
  const runtime = (globalThis as { awslambda?: StreamingRuntime }).awslambda
  if (runtime === undefined) throw createError('NOZOMI_LAMBDA_STREAMING', [])
  return runtime.streamifyResponse(async function lambdaHandler(
    event: unknown,
    stream: ResponseStream,
    context: unknown,
  ) {
    const request = readEvent(event, options)
    await answerEvent<void>(
      classes,
      listener,
      request,
      { event, context },
      timeoutMarginMs,
      (owner) => new StreamedAnswer(owner, request.gateway, runtime, stream),
    )
  })
}
