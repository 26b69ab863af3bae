import type { Principal } from '#shop/domain/principal.js'
import type { Request } from '#shop/http/framework.js'
import type { Authenticator } from '#shop/http/principal.js'

/** Knows people by tokens that a test gives out and takes back: `Authorization: Bearer <token>`. */
export class People implements Authenticator {
  readonly #tokens = new Map<string, Principal>()
  #given = 0
  isAway = false

  /** A token for somebody. */
  token(name: string, permissions: readonly string[] = []): string {
    const token = `${name}-${++this.#given}`
    const id = `user-${name}`
    const email = `${name}@shop.example`
    this.#tokens.set(token, { id, email, name, roles: [], permissions, via: 'token' })
    return token
  }

  /** From now on the token is not good any more. */
  expire(token: string): void {
    this.#tokens.delete(token)
  }

  async authenticate(req: Request): Promise<Principal | null> {
    if (this.isAway) throw new Error('nobody can be asked')
    const field = req.get('Authorization')
    if (field === undefined) return null
    const principal = this.#tokens.get(field.replace(/^Bearer /, ''))
    if (principal !== undefined) return principal
    // Loaded now, when the framework has been chosen.
    const { unauthenticated } = await import('#shop/http/principal.js')
    throw unauthenticated('This token is not good.', 'invalid_token')
  }
}

export function bearer(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}` }
}
