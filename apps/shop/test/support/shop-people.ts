import { randomUUID } from 'node:crypto'
import { asPrincipal } from './test-authenticator.js'

/** The fields of requests from people of different kinds. */
export const STAFF = asPrincipal({
  id: 'staff-1',
  email: 'staff@shop.example',
  permissions: ['catalogue:write', 'orders:read', 'orders:write', 'accounts:read', 'accounts:write'],
})

export interface Person {
  readonly id: string
  readonly headers: Record<string, string>
}

/** A user whom no other test knows. */
export function somebody(): Person {
  const id = `user-${randomUUID()}`
  return { id, headers: asPrincipal({ id, email: `${id}@shop.example` }) }
}

/** With an idempotency key of its own. */
export function keyed(headers: Record<string, string>, key: string = randomUUID()): Record<string, string> {
  return { ...headers, 'Idempotency-Key': key }
}
