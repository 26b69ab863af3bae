import { z } from 'zod'
import type { Position, ProductSort } from '../../catalogue/domain/product-query.js'

/** A place in an order of products, as text. What comes in is checked like any other input. */

const MAX_LENGTH = 1000

const content = z.tuple([
  z.string(),
  z.union([
    z
      .string()
      .max(400)
      .regex(/^[^\p{Cc}\p{Cs}]*$/u),
    z.int().min(0),
  ]),
  z.int().min(0).max(2_147_483_647),
])

export function formatGraphCursor({ value, id }: Position, sort: ProductSort): string {
  return Buffer.from(JSON.stringify([nameOf(sort), value, id])).toString('base64url')
}

/** Null when the text is no cursor, or one of another order. */
export function parseGraphCursor(text: string, sort: ProductSort): Position | null {
  if (text.length > MAX_LENGTH) return null
  try {
    const [order, value, id] = content.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    return order === nameOf(sort) && isKey(value, sort) ? { value, id } : null
  } catch {
    return null
  }
}

/** Security: a number too large for its column would be an error of ours. */
function isKey(value: string | number, { key }: ProductSort): boolean {
  if (key === 'name' || typeof value === 'string') return key === 'name' && typeof value === 'string'
  return value <= (key === 'created' ? 8.64e15 : 2_147_483_647)
}

function nameOf({ key, descending }: ProductSort): string {
  return `${key} ${descending ? 'down' : 'up'}`
}
