import type { ExpectedVersion } from '../../services/catalogue-service.js'
import type { Request } from '../framework.js'
import { invalidInput, Problem } from '../problems/problem.js'

/**
 * RFC 9110 §8.8.3: a product's entity tag is its version, a strong one: each change makes a new version. It names
 * the API too, so that another representation of the same version has another tag.
 */
export function entityTagOf({ version }: { readonly version: number }): string {
  return `"1-${version}"`
}

const OUR_TAG = /^"1-(\d{1,9})"$/
const ENTITY_TAG = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/

/** The versions in `If-Match`; null when there is no such field. Throws when it is malformed. */
export function expectedVersion(req: Request): ExpectedVersion | null {
  const field = req.get('If-Match')
  if (field === undefined) return null
  if (field.trim() === '*') return 'any'
  const tags = field.split(',').map((tag) => tag.trim())
  if (!tags.every((tag) => ENTITY_TAG.test(tag))) {
    const problem = `is ${JSON.stringify(field.slice(0, 60))}`
    throw invalidInput([
      {
        in: 'header',
        field: 'If-Match',
        problem,
        expected: 'the ETag of the product with its quotes, such as "1-3", or *',
      },
    ])
  }
  // RFC 9110 §13.1.1: compared strongly; a weak tag matches nothing, and neither does one that is not ours.
  return tags.flatMap((tag) => Number(OUR_TAG.exec(tag)?.[1] ?? []))
}

/** As `expectedVersion`, for changes that nobody may make blindly: throws 428 when the field is missing. */
export function requiredVersion(req: Request): ExpectedVersion {
  const expected = expectedVersion(req)
  if (expected !== null) return expected
  throw new Problem(
    'precondition-required',
    'If-Match is missing; expected the ETag of the product as you read it.',
    {
      errors: [
        {
          in: 'header',
          field: 'If-Match',
          problem: 'is missing',
          expected: 'the ETag of the product as you read it, or *',
        },
      ],
    },
  )
}
