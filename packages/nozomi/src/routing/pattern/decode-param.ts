import { catalogue } from '../../errors/catalogue.js'

/**
 * Decodes the percent-encoding of one parameter.
 *
 * @throws URIError with `status` 400 when the encoding is malformed (`%zz`, or bytes that are not UTF-8).
 */
export function decodeParam(value: string): string {
  if (!value.includes('%')) return value
  try {
    return decodeURIComponent(value)
  } catch (error) {
    // Parity: the message and both fields are read by error handlers in the wild.
    if (error instanceof URIError) {
      error.message = catalogue.NOZOMI_PARAM_ENCODING.message(value)
      Object.assign(error, { status: 400, statusCode: 400 })
      Object.defineProperty(error, 'code', { value: 'NOZOMI_PARAM_ENCODING' })
    }
    throw error
  }
}
