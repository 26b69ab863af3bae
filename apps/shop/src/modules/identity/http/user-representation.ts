import type { z } from 'zod'
import { permissionsOf } from '../domain/roles.js'
import type { User } from '../domain/user.js'
import type { userSchema } from './contracts/user-contracts.js'

/** A user as the API shows it. Names what is shown, so that nothing else ever is. */
export function representUser(user: User): z.input<typeof userSchema> {
  const { id, email, emailVerified, name, roles, version, createdAt, updatedAt } = user
  return {
    id,
    email,
    emailVerified,
    name,
    roles: [...roles],
    permissions: [...permissionsOf(roles)],
    version,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}
