import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { isId } from '../../../domain/ids.js'
import type { Clock } from '../../../platform/clock/clock.js'
import { AccessRefused } from '../domain/errors.js'
import { isRole, type Role } from '../domain/roles.js'
import type { FamilyId } from '../domain/token-family.js'
import type { UserId } from '../domain/user.js'
import { ACCESS_LIFETIME_MS, type AccessClaims, type AccessTokens } from '../services/access-tokens.js'

const ALGORITHM = 'HS256'
const ISSUER = 'urn:nozomi:shop'
const AUDIENCE = 'urn:nozomi:shop:api'
/** RFC 9068 §2.1: so that no other kind of token passes for an access token. */
const TYPE = 'at+jwt'

const claims = z.object({
  sub: z.custom<UserId>((value) => typeof value === 'string' && isId(value)),
  sid: z.custom<FamilyId>((value) => typeof value === 'string' && isId(value)),
  jti: z.uuid(),
  gen: z.int().positive(),
  email: z.string(),
  name: z.string(),
  roles: z.array(z.custom<Role>((value) => typeof value === 'string' && isRole(value))),
})

/**
 * JSON Web Tokens, signed with a secret that all instances share.
 *
 * Security: the algorithm is ours to say and not the token's (`none`, or a public key taken for a secret), and what a
 * token is for, who made it and when it ends are checked, not only its signature.
 */
export class JoseAccessTokens implements AccessTokens {
  readonly #key: Uint8Array
  readonly #clock: Clock

  constructor(secret: string, clock: Clock) {
    this.#key = new TextEncoder().encode(secret)
    this.#clock = clock
  }

  issue({ user, familyId }: AccessClaims): Promise<string> {
    const { id, email, name, roles, generation } = user
    const now = this.#clock.now()
    return new SignJWT({ sid: familyId, gen: generation, email, name, roles })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(id)
      .setJti(crypto.randomUUID())
      .setIssuedAt(now)
      .setExpirationTime(new Date(now.getTime() + ACCESS_LIFETIME_MS))
      .sign(this.#key)
  }

  async read(token: string): Promise<AccessClaims> {
    const { sub: id, sid: familyId, gen: generation, email, name, roles } = await this.#claimsOf(token)
    return { user: { id, email, name, roles, generation }, familyId }
  }

  async #claimsOf(token: string): Promise<z.output<typeof claims>> {
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ['exp', 'iat', 'jti', 'sub'],
        currentDate: this.#clock.now(),
      })
      return claims.parse(payload)
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new AccessRefused('has expired')
      if (error instanceof errors.JOSEError || error instanceof z.ZodError)
        throw new AccessRefused('is not one that the shop gave')
      throw error
    }
  }
}
