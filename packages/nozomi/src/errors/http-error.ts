import { STATUS_CODES } from 'node:http'

/**
 * An error that knows which HTTP status it stands for.
 *
 * `status` and `statusCode` are always equal. `expose` says whether `message` may be shown to the client:
 * true for 4xx, false for 5xx, where a message could give away internals.
 *
 * Parity: `name` is made from the reason phrase (`413` gives `PayloadTooLargeError`), and the three fields are
 * what `isHttpError()` of `http-errors` asks for, so that middleware written for it accepts ours.
 */
export class HttpError extends Error {
  readonly status: number
  readonly statusCode: number
  readonly expose: boolean

  constructor(
    status: number,
    message: string = STATUS_CODES[status] ?? String(status),
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.status = status
    this.statusCode = status
    this.expose = status < 500
    // Not enumerable, as the name of every other error: it must not turn up in `{...error}` or in logs twice.
    Object.defineProperty(this, 'name', { value: errorName(status), configurable: true, writable: true })
  }
}

/**
 * Marks an error of somebody else with a status, as the body readers do with what `verify` or `JSON.parse` threw.
 * An error that already carries its own HTTP status keeps it. What is not an error is wrapped in one.
 */
export function withStatus(error: unknown, status: number, fields?: Record<string, unknown>): Error {
  const known = error instanceof Error ? error : new HttpError(status, messageOf(error))
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
