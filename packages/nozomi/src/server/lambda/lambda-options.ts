import { createError } from '../../errors/catalogue.js'

export interface LambdaOptions {
  /**
   * Is cut off the path where it begins with it: the key under which a custom domain maps to the API, `/v1`. `'stage'`: the
   * stage of the API, which an HTTP API puts before the path. Default: nothing is cut.
   */
  prefix?: string | undefined
  /**
   * Which answers are sent as base64: always, never, those of these media types (`image/*`), or what a function says of
   * Content-Type and Content-Encoding (empty where there is none). Default: all that is encoded, all that is no text by
   * its type, and what is not UTF-8.
   */
  binary?: boolean | readonly string[] | ((type: string, coding: string) => boolean) | undefined
  /** Sends answers while they are written, through `awslambda.streamifyResponse`. Default false. */
  streaming?: boolean | undefined
  /** How long before the time-out of the function, in milliseconds, a request is given up. Default 250. */
  timeoutMarginMs?: number | undefined
}

const NAMES = ['prefix', 'binary', 'streaming', 'timeoutMarginMs']

/** @throws NOZOMI_LAMBDA_OPTION */
export function assertLambdaOptions(options: LambdaOptions): void {
  const { prefix, binary, streaming, timeoutMarginMs } = options
  for (const name of Object.keys(options)) {
    if (!NAMES.includes(name)) throw wrong(name, `there is no such option; there are ${NAMES.join(', ')}`)
  }
  if (
    prefix !== undefined &&
    prefix !== 'stage' &&
    !(typeof prefix === 'string' && /^\/.*[^/]$/.test(prefix))
  ) {
    throw wrong('prefix', "must be 'stage', or a path that begins with a slash and ends with none")
  }
  const isBinary =
    binary === undefined || typeof binary === 'boolean' || typeof binary === 'function' || isTypes(binary)
  if (!isBinary) throw wrong('binary', 'must be true, false, a list of media types, or a function')
  if (streaming !== undefined && typeof streaming !== 'boolean')
    throw wrong('streaming', 'must be true or false')
  if (timeoutMarginMs !== undefined && !(Number.isFinite(timeoutMarginMs) && timeoutMarginMs >= 0)) {
    throw wrong('timeoutMarginMs', 'must be a number of milliseconds, 0 or more')
  }
}

function isTypes(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string' && one.includes('/'))
}

function wrong(option: string, problem: string): Error {
  return createError('NOZOMI_LAMBDA_OPTION', [option, problem])
}
