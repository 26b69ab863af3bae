/** Who asks: a person or a program that proved who it is. */
export interface Principal {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly roles: readonly string[]
  /** What the roles allow: `orders:write`. */
  readonly permissions: readonly string[]
  /** How it proved it. What came by a cookie (`session`) needs protection from forged requests. */
  readonly via: 'token' | 'session'
}

export function mayDo(principal: Principal, permission: string): boolean {
  return principal.permissions.includes(permission)
}
