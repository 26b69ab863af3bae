import { STATUS_CODES } from 'node:http'
import { isError } from './is-error.js'

/**
 * An error that knows which HTTP status it stands for.
 *
 * `status` and `statusCode` are always equal. `expose` says whether `message` may be shown to the client:
 * true for 4xx, false for 5xx, where a message could give away internals.
 *
 * Parity: `name` is made from the reason phrase (`413` gives `PayloadTooLargeError`), the fields are what
 * `isHttpError()` of `http-errors` asks for, so that middleware written for it accepts ours, and as there only the
 * message is enumerable.
 */
export class HttpError extends Error {
  declare readonly status: number
  declare readonly statusCode: number
  declare readonly expose: boolean

  constructor(
    status: number,
    message: string = STATUS_CODES[status] ?? String(status),
    options?: ErrorOptions,
  ) {
    super(message, options)
    // What is enumerable is what `res.json(error)`, `{...error}` and loggers show: the message, which may be shown.
    define(this, 'message', message, status < 500)
    define(this, 'name', errorName(status), false)
    define(this, 'status', status, false)
    define(this, 'statusCode', status, false)
    define(this, 'expose', status < 500, false)
  }
}

function define(error: HttpError, name: string, value: unknown, enumerable: boolean): void {
  Object.defineProperty(error, name, { value, enumerable, configurable: true, writable: true })
}

/**
 * Marks an error of somebody else with a status, as the body readers do with what `verify` or `JSON.parse` threw.
 * An error that already carries its own HTTP status keeps it. What is not an error is wrapped in one.
 */
export function withStatus(error: unknown, status: number, fields?: Record<string, unknown>): Error {
  const known = isError(error) ? error : new HttpError(status, messageOf(error))
  const own = known as Error & { expose?: boolean; status?: number; statusCode?: number }
  if (!(known instanceof HttpError) && !hasHttpStatus(own)) {
    own.expose = status < 500
    own.status = own.statusCode = status
  }
  return fields ? Object.assign(known, fields) : known
}

function hasHttpStatus(error: { expose?: unknown; status?: unknown; statusCode?: unknown }): boolean {
  return (
    typeof error.expose === 'boolean' &&
    typeof error.statusCode === 'number' &&
    error.status === error.statusCode
  )
}

function messageOf(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value)
}

function errorName(status: number): string {
  const words = (STATUS_CODES[status] ?? (status < 500 ? 'Client' : 'Server')).split(' ')
  const identifier = words
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')
    .replace(/[^ _0-9a-z]/gi, '')
  return identifier.endsWith('Error') ? identifier : `${identifier}Error`
}
