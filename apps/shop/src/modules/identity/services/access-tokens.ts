import type { FamilyId } from '../domain/token-family.js'
import type { User } from '../domain/user.js'

/** How long an access token is good. Short, since it is believed without asking the database. */
export const ACCESS_LIFETIME_MS = 10 * 60 * 1000

/** What an access token says. */
export interface AccessClaims {
  readonly user: Pick<User, 'id' | 'email' | 'name' | 'roles' | 'generation'>
  /** The sign-in that it came of. */
  readonly familyId: FamilyId
}

export interface AccessTokens {
  issue(claims: AccessClaims): Promise<string>
  /** Rejects with AccessRefused when the token is not ours, was changed, or has expired. */
  read(token: string): Promise<AccessClaims>
}
