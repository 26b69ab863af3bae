import type { FieldError, RefusalCode } from '../contract/vocabulary.js'

/** What a call of the shipping service can end with, beside its answer and the reason of an aborted signal. */
export abstract class ShippingError extends Error {
  abstract readonly code: string

  override get name(): string {
    return this.constructor.name
  }
}

/** The request can not be done as it is. Sending it again does not help. */
export class ShippingRefused extends ShippingError {
  override readonly code: RefusalCode
  /** Which fields are wrong, and what would be right. */
  readonly fields: readonly FieldError[]

  constructor(code: RefusalCode, message: string, fields: readonly FieldError[] = []) {
    super(message)
    this.code = code
    this.fields = fields
  }
}

/**
 * - `no-connection`: the service can not be reached, or the connection broke before the answer
 * - `time-limit`: there was no answer in time
 * - `service-failed`: it said that it can not answer now
 * - `bad-answer`: what came is no answer of this service
 * - `breaker-open`: it was not asked, since it failed too often a moment ago
 */
export type UnavailableCode =
  | 'no-connection'
  | 'time-limit'
  | 'service-failed'
  | 'bad-answer'
  | 'breaker-open'

/** The service did not answer as it should. The same request may succeed later. */
export class ShippingUnavailable extends ShippingError {
  override readonly code: UnavailableCode

  constructor(code: UnavailableCode, message: string, options?: { cause: unknown }) {
    super(message, options)
    this.code = code
  }
}
