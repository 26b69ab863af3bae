import { createHash, randomBytes } from 'node:crypto'
import type { CartOwner } from '../domain/cart.js'

/** The name of the cookie that holds it. */
export const GUEST_COOKIE = 'cart'

const TOKEN = /^[\w-]{43}$/

/** Security: 256 random bits. Who has it has the cart; the storage knows the hash only. */
export function newGuestToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Null when the text is no token. */
export function guestOwner(token: string): (CartOwner & { kind: 'guest' }) | null {
  if (!TOKEN.test(token)) return null
  return { kind: 'guest', hash: createHash('sha256').update(token).digest('base64url') }
}
