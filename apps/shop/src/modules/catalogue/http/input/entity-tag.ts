import type { ExpectedVersion } from '../../services/catalogue-service.js'
import type { Request } from '../../../../http/framework.js'
import { invalidInput } from '../../../../http/problems/invalid-input.js'
import { Problem } from '../../../../http/problems/problem.js'
import { PROBLEMS } from '../../../../http/problems/problem-catalogue.js'
import { tagSuffix } from '../../../../http/representations/representations.js'
import { answeredVersion } from '../../../../http/versions/asked-version.js'

/**
 * RFC 9110 §8.8.3: a product's entity tag is its version, a strong one: each change makes a new version. It names
 * the version of the API and the notation too, so that another representation of the same product has another tag.
 */
export function entityTagOf({ version }: { readonly version: number }, req: Request): string {
  return `"${answeredVersion(req).slice(1)}-${version}${tagSuffix(req)}"`
}

const OUR_TAG = /^"([12])-(\d{1,9})(?:-(?:hal|xml))?"$/
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
        in: 'headers',
        field: 'If-Match',
        problem,
        expected: 'the ETag of the product with its quotes, such as "1-3", or *',
      },
    ])
  }
  // RFC 9110 §13.1.1: compared strongly; a weak tag matches nothing, and neither does one that is not ours. That of
  // another notation names the same state, so it does.
  const ours = answeredVersion(req).slice(1)
  return tags.flatMap((tag) => {
    const [, api, version] = OUR_TAG.exec(tag) ?? []
    return api === ours ? Number(version) : []
  })
}

/** As `expectedVersion`, for changes that nobody may make blindly: throws 428 when the field is missing. */
export function requiredVersion(req: Request): ExpectedVersion {
  const expected = expectedVersion(req)
  if (expected !== null) return expected
  throw new Problem(
    PROBLEMS['precondition-required'],
    'If-Match is missing; expected the ETag of the product as you read it.',
    {
      errors: [
        {
          in: 'headers',
          field: 'If-Match',
          problem: 'is missing',
          expected: 'the ETag of the product as you read it, or *',
        },
      ],
    },
  )
}
