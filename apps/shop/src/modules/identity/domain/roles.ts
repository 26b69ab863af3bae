/**
 * The roles, and all that each of them allows. The one table of permissions; routes name what they need of it. A
 * permission is about what belongs to others: one's own orders, chats and notifications need none.
 */
const STAFF = [
  'accounts:read',
  'catalogue:write',
  'chat:moderate',
  'events:manage',
  'orders:manage',
  'orders:read',
  'orders:write',
] as const
const ADMIN = [...STAFF, 'accounts:write', 'users:manage'] as const

const PERMISSIONS_OF = { customer: [], staff: STAFF, admin: ADMIN } as const

export type Role = keyof typeof PERMISSIONS_OF

export type Permission = (typeof ADMIN)[number]

export const ROLES = Object.keys(PERMISSIONS_OF) as readonly Role[]

export function isRole(text: string): text is Role {
  return Object.hasOwn(PERMISSIONS_OF, text)
}

/** What any of the roles allows, each once, by name. */
export function permissionsOf(roles: readonly string[]): readonly Permission[] {
  const all = roles.filter(isRole).flatMap((role): readonly Permission[] => PERMISSIONS_OF[role])
  return [...new Set(all)].toSorted()
}
