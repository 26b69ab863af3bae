import { call } from './call.js'

/** The ways to sign in, beside e-mail and password. */
export interface SignInWays {
  readonly items: readonly { readonly name: string; readonly href: string }[]
  /** Accounts for trying the shop out; none outside of development. */
  readonly demoAccounts: readonly DemoAccount[]
}

export interface DemoAccount {
  readonly email: string
  readonly password: string
  readonly name: string
  readonly roles: readonly string[]
}

export async function fetchSignInWays(signal: AbortSignal): Promise<SignInWays> {
  return (await call<SignInWays>('/auth/providers', { signal })).value
}
