import { isNativeError } from 'node:util/types'

/**
 * Whether a value is an error of any realm: a test runner that gives each file its own globals gives it an `Error` of
 * its own too, and node throws the outer one.
 */
export function isError(value: unknown): value is Error {
  return isNativeError(value) || value instanceof Error
}
