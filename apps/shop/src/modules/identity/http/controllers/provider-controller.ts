import type { HandlerOf } from '../../../../http/framework.js'
import type { DemoAccount } from '../../domain/demo-account.js'
import type { listSignInProviders } from '../contracts/auth-contracts.js'

/** What the page says on its sign-in button, and where that leads. */
export interface SignInProvider {
  readonly name: string
  readonly href: string
}

/** Which ways there are to sign in. */
export class ProviderController {
  readonly #providers: readonly SignInProvider[]
  readonly #demoAccounts: readonly DemoAccount[]

  /** Security: `demoAccounts` are none outside of development; their passwords are in the answer. */
  constructor(providers: readonly SignInProvider[], demoAccounts: readonly DemoAccount[]) {
    this.#providers = providers
    this.#demoAccounts = demoAccounts
  }

  list: HandlerOf<typeof listSignInProviders> = (_req, res) => {
    res.json({
      items: [...this.#providers],
      demoAccounts: this.#demoAccounts.map(({ roles, ...account }) => ({ ...account, roles: [...roles] })),
    })
  }
}
