import {
  DuplicateSku,
  ProductNotFound,
  StaleProduct,
  StorageUnavailable,
  UnknownCategory,
} from '../../domain/errors.js'
import { invalidInput, Problem } from './problem.js'

const RETRY_AFTER_SECONDS = '5'

/** What a client is told about an error, wherever it was thrown. */
export function problemOf(error: unknown, method: string): Problem {
  if (error instanceof Problem) return error
  return problemOfDomain(error, method) ?? problemOfFramework(error) ?? internalError(error)
}

function problemOfDomain(error: unknown, method: string): Problem | null {
  if (error instanceof ProductNotFound)
    return new Problem('product-not-found', `There is no product ${error.id}.`)
  if (error instanceof StaleProduct) {
    return new Problem('stale-product', `Product ${error.id} has another version by now; read it again.`)
  }
  if (error instanceof DuplicateSku) {
    const problem = `is ${JSON.stringify(error.sku)}, which another product has`
    const errors = [{ in: 'body', field: 'sku', problem, expected: 'a SKU that no product has' }] as const
    return new Problem('duplicate-sku', `The SKU ${error.sku} is taken.`, { errors })
  }
  if (error instanceof UnknownCategory) {
    return invalidInput([
      {
        in: method === 'GET' || method === 'HEAD' ? 'query' : 'body',
        field: 'category',
        problem: `is ${JSON.stringify(error.slug)}, which is no category`,
        expected: `one of ${error.known.join(', ')}`,
      },
    ])
  }
  if (error instanceof StorageUnavailable) {
    return new Problem('storage-unavailable', 'The database does not answer. Try again in a few seconds.', {
      headers: { 'Retry-After': RETRY_AFTER_SECONDS },
      cause: error,
    })
  }
  return null
}

/** The errors that the framework and its body parser raise about a request; they carry a status and a type. */
function problemOfFramework(error: unknown): Problem | null {
  const { type, status, limit } = (error ?? {}) as { type?: string; status?: number; limit?: number }
  if (!(error instanceof Error) || status === undefined || status < 400 || status >= 500) return null
  if (type === 'entity.parse.failed')
    return new Problem('malformed-json', `The body is not JSON: ${error.message}.`)
  if (type === 'entity.proto.key') {
    // nozomi refuses such a body before a schema sees it; Express leaves that to the schema.
    const problem = 'holds a key that could change the prototype of an object'
    const expected = 'an object without "__proto__" and "constructor.prototype"'
    return invalidInput([{ in: 'body', field: 'body', problem, expected }])
  }
  if (status === 413) return new Problem('body-too-large', `The body may have at most ${limit} bytes.`)
  if (status === 415) {
    return new Problem('unsupported-media-type', `The body can not be read: ${error.message}.`, {
      headers: { Accept: 'application/json' },
    })
  }
  return new Problem('malformed-request', `The request can not be understood: ${error.message}.`)
}

/** Security: what broke is for the log; the client learns nothing of our insides. */
function internalError(cause: unknown): Problem {
  return new Problem('internal-error', 'The request could not be answered.', { cause })
}
