import { type ServiceError, status } from '@grpc/grpc-js'
import { DETAILS_TRAILER, parseStatusDetails, type StatusDetails } from '../../contract/status-details.js'
import { isRefusalCode } from '../../contract/vocabulary.js'
import { ShippingError, ShippingRefused, type UnavailableCode, ShippingUnavailable } from '../errors.js'

/** What the end of a call means. */
export function errorOf(error: unknown): unknown {
  if (error instanceof ShippingError || !isServiceError(error)) return error
  const details = detailsOf(error)
  if (details && isRefusalCode(details.code))
    return new ShippingRefused(details.code, error.details, details.fields)
  // The library itself refuses what is too large, before our code sees it, and has no details to add.
  if (error.code === status.RESOURCE_EXHAUSTED) return new ShippingRefused('too-large', error.details)
  const message = `the shipping service did not answer: ${status[error.code]}, ${error.details}`
  return new ShippingUnavailable(codeOf(error.code, details !== null), message, { cause: error })
}

/** `wasSaid`: the service itself answered so, not the library about the connection. */
function codeOf(code: status, wasSaid: boolean): UnavailableCode {
  switch (code) {
    case status.DEADLINE_EXCEEDED:
      return 'time-limit'
    case status.UNAVAILABLE:
    // Without our details: the connection was lost, or the stream was reset.
    case status.INTERNAL:
    case status.CANCELLED:
      return wasSaid ? 'service-failed' : 'no-connection'
    case status.UNKNOWN:
    case status.ABORTED:
      return 'service-failed'
    default:
      return 'bad-answer'
  }
}

function detailsOf({ metadata }: ServiceError): StatusDetails | null {
  const [bytes] = metadata?.get(DETAILS_TRAILER) ?? []
  return Buffer.isBuffer(bytes) ? parseStatusDetails(bytes) : null
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && typeof (error as Partial<ServiceError>).code === 'number'
}
