import { isError } from '../errors/is-error.js'
import { withStatus } from '../errors/http-error.js'

/**
 * What somebody else threw while a body was read, as the error that is passed on: with the status that it brought
 * (`error.status`), else with the given one.
 */
export function bodyError(error: unknown, status: number, fields?: Record<string, unknown>): Error {
  return withStatus(error, statusOf(error) ?? status, fields)
}

/** The same for what `verify` or a parser threw: it gets the body, and a `type` unless it has one. */
export function refusalOf(error: unknown, status: number, type: string, body: Buffer | string): Error {
  return bodyError(error, status, { body, type: (error as { type?: unknown } | null)?.type || type })
}

function statusOf(error: unknown): number | undefined {
  if (!isError(error)) return undefined
  const { status, statusCode } = error as { status?: unknown; statusCode?: unknown }
  const own = status || statusCode
  return typeof own === 'number' && own >= 400 && own < 600 ? own : undefined
}
