import { DrizzleQueryError } from 'drizzle-orm'
import { StorageUnavailable } from '../../domain/errors.js'

/** SQLSTATE codes (PostgreSQL, appendix A). */
export const UNIQUE_VIOLATION = '23505'
export const FOREIGN_KEY_VIOLATION = '23503'

/** Class 08: the connection; 57P01-57P03: the server goes down or comes up; 53300: no connection is free. */
const UNAVAILABLE = /^(08...|57P0[123]|53300)$/

const NETWORK_ERRORS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EAI_AGAIN',
])

/** What node-postgres says without a code when the server does not answer or hangs up. */
const CONNECTION_MESSAGES =
  /connection (terminated|timeout)|query read timeout|timeout exceeded when trying to connect|client has encountered a connection error/i

export interface DatabaseFailure {
  readonly code: string | null
  readonly constraint: string | null
}

/** The SQLSTATE and the constraint of an error that came out of a query; nulls when it is another error. */
export function failureOf(error: unknown): DatabaseFailure {
  const cause = error instanceof DrizzleQueryError ? error.cause : error
  const { code, constraint } = (cause ?? {}) as { code?: unknown; constraint?: unknown }
  return {
    code: typeof code === 'string' ? code : null,
    constraint: typeof constraint === 'string' ? constraint : null,
  }
}

/** Runs a query; turns the failures of its connection into StorageUnavailable. */
export async function query<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (isUnavailable(error)) throw new StorageUnavailable(error)
    throw error
  }
}

function isUnavailable(error: unknown): boolean {
  const { code } = failureOf(error)
  if (code !== null) return UNAVAILABLE.test(code) || NETWORK_ERRORS.has(code)
  const cause = error instanceof DrizzleQueryError ? error.cause : error
  return cause instanceof Error && CONNECTION_MESSAGES.test(cause.message)
}
