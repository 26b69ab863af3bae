import { Metadata, type StatusObject, status } from '@grpc/grpc-js'
import type { FieldError, RefusalCode } from '../../contract/vocabulary.js'
import { DETAILS_TRAILER, formatStatusDetails } from '../../contract/status-details.js'
import { Refused } from '../domain/refused.js'
import { CallCancelled, DeadlineExceeded, Unavailable } from '../use-cases/call.js'

const STATUS_OF: Readonly<Record<RefusalCode, status>> = {
  'invalid-input': status.INVALID_ARGUMENT,
  'too-large': status.RESOURCE_EXHAUSTED,
  'unknown-shipment': status.NOT_FOUND,
  'order-shipped-differently': status.ALREADY_EXISTS,
}

/** What a client is told about an error, wherever it was thrown. */
export function statusOf(error: unknown): StatusObject {
  if (error instanceof Refused)
    return detailed(STATUS_OF[error.code], error.message, error.code, error.fields)
  if (error instanceof DeadlineExceeded)
    return detailed(status.DEADLINE_EXCEEDED, error.message, 'deadline-exceeded')
  if (error instanceof Unavailable) return detailed(status.UNAVAILABLE, error.message, 'unavailable')
  if (error instanceof CallCancelled)
    return { code: status.CANCELLED, details: error.message, metadata: new Metadata() }
  // Security: what broke is for the log; the client learns nothing of our insides.
  return detailed(status.INTERNAL, 'The request could not be answered.', 'internal-error')
}

function detailed(
  code: status,
  details: string,
  problem: string,
  fields: readonly FieldError[] = [],
): StatusObject {
  const metadata = new Metadata()
  metadata.set(DETAILS_TRAILER, formatStatusDetails(code, details, { code: problem, fields }))
  return { code, details, metadata }
}
