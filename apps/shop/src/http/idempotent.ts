import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { KeyInFlight, KeyReused } from '../domain/errors.js'
import type { TransactionOptions } from '../platform/database/transactions.js'
import type { IdempotencyKeys, KeptAnswer } from '../platform/idempotency/idempotency-keys.js'
import type { Request, Response } from './framework.js'
import { userOf } from './principal.js'
import { Problem } from './problems/problem.js'
import { PROBLEMS } from './problems/problem-catalogue.js'

/** What was done, as the response shall tell it. */
export interface OnceAnswer<Body> extends Pick<KeptAnswer, 'headers' | 'status'> {
  readonly body: Body
}

/** A request with its `Idempotency-Key`, and where it is answered. */
interface KeyedExchange<S extends z.ZodType> {
  readonly req: Request
  readonly res: Response
  readonly key: string
  /** Of the answer, as in the contract of the route: that sees no text, and a text is what is kept. */
  readonly schema: S
}

/**
 * Answers a request once for its `Idempotency-Key`: who repeats it gets the same answer, byte for byte, and
 * nothing is done again.
 * The work runs in one transaction with the keeping of its answer. Of users only; each has keys of their own.
 */
export async function answerOnce<S extends z.ZodType>(
  keys: IdempotencyKeys,
  { req, res, key, schema }: KeyedExchange<S>,
  work: () => Promise<OnceAnswer<z.input<S>>>,
  options?: TransactionOptions,
): Promise<void> {
  const { id: owner } = await userOf(req)
  try {
    const { answer, isReplay } = await keys.once(
      { owner, key, fingerprint: fingerprintOf(req) },
      async () => {
        const { body, ...head } = await work()
        return { ...head, text: JSON.stringify(schema.parse(body)) }
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

/** Where it went and what it said; the order of a body's fields does not matter. */
function fingerprintOf(req: Request): string {
  const text = JSON.stringify([req.method, req.originalUrl, req.body], (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)))
      : value,
  )
  return createHash('sha256').update(text).digest('base64url')
}
