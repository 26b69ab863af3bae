import { createHash } from 'node:crypto'
import { KeyInFlight, KeyReused } from '../domain/errors.js'
import type { TransactionOptions } from '../platform/database/transactions.js'
import type { IdempotencyKeys, KeptAnswer } from '../platform/idempotency/idempotency-keys.js'
import type { Request, Response } from './framework.js'
import { userOf } from './principal.js'
import { invalidInput } from './problems/invalid-input.js'
import { Problem } from './problems/problem.js'
import { PROBLEMS } from './problems/problem-catalogue.js'

/** Printable ASCII without spaces; a UUID does well. */
const KEY = /^[\x21-\x7e]{8,100}$/
const EXPECTED = '8 to 100 visible ASCII characters that you use for this request only, such as a UUID'

/** What was done, as the response shall tell it. */
export interface OnceAnswer extends Pick<KeptAnswer, 'headers' | 'status'> {
  /** Such as JSON can hold. */
  readonly body: unknown
}

/**
 * Answers a request once for its `Idempotency-Key`: who repeats it gets the same answer, byte for byte, and
 * nothing is done again.
 * The work runs in one transaction with the keeping of its answer. Of users only; each has keys of their own.
 */
export async function answerOnce(
  keys: IdempotencyKeys,
  req: Request,
  res: Response,
  work: () => Promise<OnceAnswer>,
  options?: TransactionOptions,
): Promise<void> {
  const { id: owner } = await userOf(req)
  const key = keyOf(req)
  try {
    const { answer, isReplay } = await keys.once(
      { owner, key, fingerprint: fingerprintOf(req) },
      async () => {
        const { body, ...head } = await work()
        return { ...head, text: JSON.stringify(body) }
      },
      options,
    )
    if (isReplay) res.set('Idempotent-Replayed', 'true')
    res
      .status(answer.status)
      .set({ ...answer.headers })
      .type('json')
      .send(answer.text)
  } catch (error) {
    if (error instanceof KeyInFlight) {
      const detail = 'A request with this Idempotency-Key is being answered just now. Ask again in a second.'
      throw new Problem(PROBLEMS['idempotency-key-in-flight'], detail, { headers: { 'Retry-After': '1' } })
    }
    if (error instanceof KeyReused) {
      const problem = 'was used for another request'
      const errors = [{ in: 'headers', field: 'Idempotency-Key', problem, expected: 'a new one' }] as const
      throw new Problem(PROBLEMS['idempotency-key-reused'], `Idempotency-Key ${problem}.`, { errors })
    }
    throw error
  }
}

function keyOf(req: Request): string {
  const key = req.get('Idempotency-Key')
  if (key !== undefined && KEY.test(key)) return key
  const problem = key === undefined ? 'is missing' : `is ${JSON.stringify(key.slice(0, 60))}`
  throw invalidInput([{ in: 'headers', field: 'Idempotency-Key', problem, expected: EXPECTED }])
}

/** Where it went and what it said; the order of a body's fields does not matter. */
function fingerprintOf(req: Request): string {
  const text = JSON.stringify([req.method, req.originalUrl, req.body], (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)))
      : value,
  )
  return createHash('sha256').update(text).digest('base64url')
}
