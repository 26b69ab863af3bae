import { z } from 'zod'
import { expecting, refusal } from './expectation.js'
import { whole } from './text.js'

/**
 * A cursor of a list that has one order: the key of the last thing that was given, as opaque text. It holds no
 * secret; what comes in is checked like any other input.
 */
export function formatPlace(key: string | number): string {
  return Buffer.from(String(key)).toString('base64url')
}

const NEXT = 'the nextCursor of the same list'

/** The parameters `limit` and `cursor`; `parseKey` gives null for what is no key of the list. */
export function slicing<Key>(parseKey: (text: string) => Key | null, { usual = 20, most = 100 } = {}) {
  return {
    limit: expecting(`a whole number from 1 to ${most}`, whole(1, most)).default(usual),
    cursor: expecting(
      NEXT,
      z
        .string()
        .max(100)
        .transform((text, context): Key => {
          const key = parseKey(Buffer.from(text, 'base64url').toString())
          if (key !== null) return key
          context.addIssue(refusal({ problem: 'is none of this list', expected: NEXT }))
          return z.NEVER
        }),
    ).optional(),
  }
}

/** The number that a list of numbered things goes on from. */
export function parseNumberKey(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null
}
