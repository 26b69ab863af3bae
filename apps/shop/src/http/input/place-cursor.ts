import { z } from 'zod'
import { expecting } from './expectation.js'
import { decimal } from './text.js'

/**
 * A cursor of a list that has one order: the key of the last thing that was given, as opaque text. It holds no
 * secret; what comes in is checked like any other input.
 */
export function formatPlace(key: string | number): string {
  return Buffer.from(String(key)).toString('base64url')
}

/** The parameters `limit` and `cursor`; `parseKey` gives null for what is no key of the list. */
export function slicing<Key>(parseKey: (text: string) => Key | null, { usual = 20, most = 100 } = {}) {
  return {
    limit: expecting(`a whole number from 1 to ${most}`, decimal(1, most)).default(usual),
    cursor: expecting(
      'the nextCursor of the same list',
      z
        .string()
        .max(100)
        .transform((text, context): Key => {
          const key = parseKey(Buffer.from(text, 'base64url').toString())
          if (key !== null) return key
          context.addIssue({ code: 'custom', params: { problem: 'is none of this list' } })
          return z.NEVER
        }),
    ).optional(),
  }
}

/** The number that a list of numbered things goes on from. */
export function parseNumberKey(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null
}
