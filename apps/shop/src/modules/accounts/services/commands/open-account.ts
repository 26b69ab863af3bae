import { newId } from '../../../../domain/ids.js'
import type { Currency } from '../../../../domain/money.js'
import type { Clock } from '../../../../platform/clock/clock.js'
import { Account } from '../../domain/account.js'
import type { AccountRepository } from '../../domain/repositories.js'

export class OpenAccount {
  readonly #accounts: AccountRepository
  readonly #clock: Clock

  constructor({ accounts, clock }: { accounts: AccountRepository; clock: Clock }) {
    this.#accounts = accounts
    this.#clock = clock
  }

  async execute(owner: string, name: string, currency: Currency): Promise<Account> {
    const openedAt = this.#clock.now()
    const account = Account.open({ id: newId(openedAt), owner, name, currency, openedAt })
    await this.#accounts.add(account)
    return account
  }
}
