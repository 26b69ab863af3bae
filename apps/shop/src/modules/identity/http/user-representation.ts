import { permissionsOf } from '../domain/roles.js'
import type { User } from '../domain/user.js'

/** A user as the API shows it. Names what is shown, so that nothing else ever is. */
export function representUser(user: User): object {
  const { id, email, emailVerified, name, roles, version, createdAt, updatedAt } = user
  return {
    id,
    email,
    emailVerified,
    name,
    roles,
    permissions: permissionsOf(roles),
    version,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}
