import type { Request, Response } from '../../../../http/framework.js'
import type { DemoAccount } from '../../domain/demo-account.js'

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

  list = (_req: Request, res: Response): void => {
    res.json({ items: this.#providers, demoAccounts: this.#demoAccounts })
  }
}
