import { z } from 'zod'
import type { Position, ProductSort } from '../../domain/product-query.js'
import { formatSort } from './product-sort.js'

/**
 * A cursor is a place in an order of products, as text: clients hand it back as it is. It holds no secret, and what
 * comes in is checked like any other input.
 */

const MAX_LENGTH = 1000

const content = z.tuple([
  z.string(),
  z.union([
    z
      .string()
      .max(400)
      .regex(/^[^\p{Cc}\p{Cs}]*$/u),
    z.int(),
  ]),
  z.int().min(0).max(2_147_483_647),
])

export function formatCursor({ value, id }: Position, sort: ProductSort): string {
  return Buffer.from(JSON.stringify([formatSort(sort), value, id])).toString('base64url')
}

/** Null when the text is no cursor, or one of another order. */
export function parseCursor(text: string, sort: ProductSort): Position | null {
  if (text.length > MAX_LENGTH) return null
  try {
    const [order, value, id] = content.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    if (order !== formatSort(sort) || !isKey(value, sort)) return null
    return { value, id }
  } catch {
    return null
  }
}

/** Security: the value goes into a query, where a number too large for its column would be an error of ours. */
function isKey(value: string | number, { key }: ProductSort): boolean {
  if (key === 'name') return typeof value === 'string'
  if (typeof value !== 'number' || value < 0) return false
  return value <= (key === 'created' ? 8.64e15 : 2_147_483_647)
}
