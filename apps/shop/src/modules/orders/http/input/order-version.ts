import type { Request } from '../../../../http/framework.js'
import { invalidInput } from '../../../../http/problems/invalid-input.js'
import { Problem } from '../../../../http/problems/problem.js'
import { PROBLEMS } from '../../../../http/problems/problem-catalogue.js'
import type { Order } from '../../domain/order.js'
import type { ExpectedOrderVersion } from '../../services/commands/change-order.js'

/** RFC 9110 §8.8.3: an order's entity tag is its version; a strong one, each change makes a new version. */
export function orderTag({ data }: Order): string {
  return `"order-${data.version}"`
}

const OUR_TAG = /^"order-(\d{1,9})"$/
const ENTITY_TAG = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/
const EXPECTED = 'the ETag of the order as you read it, such as "order-1", or *'

/** The versions in `If-Match`. Nobody changes an order blindly: throws 428 when the field is missing. */
export function requiredOrderVersion(req: Request): ExpectedOrderVersion {
  const field = req.get('If-Match')
  if (field === undefined) {
    const errors = [{ in: 'headers', field: 'If-Match', problem: 'is missing', expected: EXPECTED }] as const
    const detail = `If-Match is missing; expected ${EXPECTED}.`
    throw new Problem(PROBLEMS['precondition-required'], detail, { errors })
  }
  if (field.trim() === '*') return 'any'
  const tags = field.split(',').map((tag) => tag.trim())
  if (!tags.every((tag) => ENTITY_TAG.test(tag))) {
    const problem = `is ${JSON.stringify(field.slice(0, 60))}`
    throw invalidInput([{ in: 'headers', field: 'If-Match', problem, expected: EXPECTED }])
  }
  // RFC 9110 §13.1.1: compared strongly; a weak tag matches nothing, and neither does one that is not ours.
  return tags.flatMap((tag) => Number(OUR_TAG.exec(tag)?.[1] ?? []))
}
