import { ValidationError } from '@nozomi/schema'
import { StateUnavailable, StorageUnavailable, TransactionConflict } from '../../domain/errors.js'
import { invalidInput, invalidRequest } from './invalid-input.js'
import { Problem } from './problem.js'
import { PROBLEMS } from './problem-catalogue.js'
import { toldIssues } from './told-issues.js'

const RETRY_AFTER_SECONDS = '5'

/** Says what problem an error of one module's domain is; null when it is none of its own. */
export type Translate = (error: unknown, method: string) => Problem | null

/** What a client is told about an error, wherever it was thrown. */
export function problemOf(error: unknown, method: string, translations: readonly Translate[]): Problem {
  if (error instanceof Problem) return error
  if (error instanceof ValidationError) return invalidRequest(toldIssues(error))
  for (const translate of translations) {
    const problem = translate(error, method)
    if (problem !== null) return problem
  }
  return problemOfKernel(error) ?? problemOfFramework(error) ?? internalError(error)
}

/** The errors that every module may meet. */
function problemOfKernel(error: unknown): Problem | null {
  const options = { headers: { 'Retry-After': RETRY_AFTER_SECONDS }, cause: error }
  if (error instanceof StorageUnavailable) {
    const detail = 'The database does not answer. Try again in a few seconds.'
    return new Problem(PROBLEMS['storage-unavailable'], detail, options)
  }
  if (error instanceof StateUnavailable) {
    const detail = 'The shared state does not answer. Try again in a few seconds.'
    return new Problem(PROBLEMS['storage-unavailable'], detail, options)
  }
  if (error instanceof TransactionConflict) {
    const detail = 'Others changed the same at the same time, again and again. Try again in a few seconds.'
    return new Problem(PROBLEMS['too-much-contention'], detail, options)
  }
  return null
}

/** The errors that the framework and its body parser raise about a request; they carry a status and a type. */
function problemOfFramework(error: unknown): Problem | null {
  const { type, status, limit } = (error ?? {}) as { type?: string; status?: number; limit?: number }
  if (!(error instanceof Error) || status === undefined || status < 400 || status >= 500) return null
  if (type === 'entity.parse.failed')
    return new Problem(PROBLEMS['malformed-json'], `The body is not JSON: ${error.message}.`)
  if (type === 'entity.proto.key') {
    // nozomi refuses such a body before a schema sees it; Express leaves that to the schema.
    const problem = 'holds a key that could change the prototype of an object'
    const expected = 'an object without "__proto__" and "constructor.prototype"'
    return invalidInput([{ in: 'body', field: '', problem, expected, code: 'forbidden_key' }])
  }
  const undecodable = /^Failed to decode param '([^]*)'$/.exec(error.message)?.[1]
  if (undecodable !== undefined) {
    const problem = `holds ${JSON.stringify(undecodable.slice(0, 60))}, which can not be decoded`
    const expected = 'text in UTF-8, percent-encoded'
    const errors = [{ in: 'params', field: '', problem, expected, code: 'malformed' }] as const
    return new Problem(PROBLEMS['malformed-request'], `path ${problem}; expected ${expected}.`, { errors })
  }
  if (status === 413)
    return new Problem(PROBLEMS['body-too-large'], `The body may have at most ${limit} bytes.`)
  if (status === 415) {
    return new Problem(PROBLEMS['unsupported-media-type'], `The body can not be read: ${error.message}.`, {
      headers: { Accept: 'application/json' },
    })
  }
  return new Problem(PROBLEMS['malformed-request'], `The request can not be understood: ${error.message}.`)
}

/** Security: what broke is for the log; the client learns nothing of our insides. */
function internalError(cause: unknown): Problem {
  return new Problem(PROBLEMS['internal-error'], 'The request could not be answered.', { cause })
}
