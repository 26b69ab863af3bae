import { asNobody, type Received, success } from './client.js'

/** The ways to sign in, beside e-mail and password. */
export type SignInWays = Received<'/v1/auth/providers', 'get'>

/** An account for trying the shop out; there are none outside of development. */
export type DemoAccount = SignInWays['demoAccounts'][number]

export async function fetchSignInWays(signal: AbortSignal): Promise<SignInWays> {
  return (await success(asNobody.get('/v1/auth/providers', { signal }))).data
}
