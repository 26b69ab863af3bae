import type { Principal } from '#shop/domain/principal.js'
import type { Request } from '#shop/http/framework.js'
import type { Authenticator } from '#shop/http/principal.js'

const SCHEME = 'Test '

/** Believes whatever `asPrincipal` says. */
export class TestAuthenticator implements Authenticator {
  /** How often somebody wanted to know who asks. */
  asked = 0

  async authenticate(req: Request): Promise<Principal | null> {
    this.asked++
    const field = req.get('Authorization') ?? ''
    if (!field.startsWith(SCHEME)) return null
    return JSON.parse(Buffer.from(field.slice(SCHEME.length), 'base64url').toString()) as Principal
  }
}

/** The fields of a request that comes from somebody: `{ headers: asPrincipal({ permissions: ['orders:write'] }) }`. */
export function asPrincipal(principal: Partial<Principal> = {}): Record<string, string> {
  const whole: Principal = {
    id: 'test-user',
    email: 'ada@shop.example',
    name: 'Ada Test',
    roles: [],
    permissions: [],
    via: 'token',
    ...principal,
  }
  return { Authorization: `${SCHEME}${Buffer.from(JSON.stringify(whole)).toString('base64url')}` }
}
