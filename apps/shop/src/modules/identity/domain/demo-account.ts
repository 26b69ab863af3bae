import type { Role } from './roles.js'

/** An account for trying the shop out, whose password everybody may know. */
export interface DemoAccount {
  readonly email: string
  readonly password: string
  readonly name: string
  readonly roles: readonly Role[]
}
