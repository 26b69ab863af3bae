import { type Id, newId } from '../../../domain/ids.js'
import type { Principal } from '../../../domain/principal.js'
import { permissionsOf, type Role } from './roles.js'

export type UserId = Id<'user'>

export const NAME_LENGTH = 80

export interface User {
  readonly id: UserId
  /** In the form of `normalizeEmail`. Unique. */
  readonly email: string
  /** Whether somebody whom we believe has said that the address is the user's. */
  readonly emailVerified: boolean
  readonly name: string
  readonly roles: readonly Role[]
  /** One more each time that all that the user signed in with shall end: sessions and tokens carry it. */
  readonly generation: number
  /** 1 for a new user, one more with each change. */
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

export interface NewUserDetails {
  readonly email: string
  readonly emailVerified: boolean
  readonly name: string
  readonly roles: readonly Role[]
}

export function createUser(details: NewUserDetails, now: Date): User {
  return { ...details, id: newId<'user'>(now), generation: 1, version: 1, createdAt: now, updatedAt: now }
}

/** With other roles. What was signed in with the old ones ends. */
export function withRoles(user: User, roles: readonly Role[], now: Date): User {
  return signedOutEverywhere({ ...user, roles: [...new Set(roles)].toSorted() }, now)
}

export function signedOutEverywhere(user: User, now: Date): User {
  return { ...user, generation: user.generation + 1, version: user.version + 1, updatedAt: now }
}

/** Who asks, when it is this user. */
export function principalOf(
  user: Pick<User, 'id' | 'email' | 'name' | 'roles'>,
  via: Principal['via'],
): Principal {
  const { id, email, name, roles } = user
  return { id, email, name, roles, permissions: permissionsOf(roles), via }
}
