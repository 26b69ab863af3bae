import { asFunction } from 'awilix'
import type { PlatformCradle } from '../../platform/cradle.js'
import type { Outbox } from '../../platform/events/outbox.js'
import type { IdempotencyKeys } from '../../platform/idempotency/idempotency-keys.js'
import type { ShopModule } from '../module.js'
import { AccountController } from './http/account-controller.js'
import { createAccountRoutes, createTransferRoutes } from './http/account-routes.js'
import { ACCOUNT_PROBLEMS, problemOfAccounts } from './http/problems.js'
import { type AccountRepositories, createAccountRepositories } from './repositories/account-repositories.js'
import { OpenAccount } from './services/commands/open-account.js'
import { TransferMoney } from './services/commands/transfer-money.js'
import { AccountQueries } from './services/queries/account-queries.js'

export interface AccountsCradle extends AccountRepositories {
  readonly openAccount: OpenAccount
  readonly transferMoney: TransferMoney
  readonly accountQueries: AccountQueries
}

export interface AccountsNeeds {
  readonly outbox: Outbox
  readonly idempotencyKeys: IdempotencyKeys
}

type Cradle = PlatformCradle & AccountsCradle & AccountsNeeds

/** Money accounts, and transfers between them. */
export const accountsModule: ShopModule<AccountsCradle, AccountsNeeds> = {
  name: 'accounts',

  register: (storage) => {
    const repositories = createAccountRepositories(storage)
    return {
      accounts: asFunction(() => repositories.accounts).singleton(),
      ledger: asFunction(() => repositories.ledger).singleton(),
      openAccount: asFunction((cradle: Cradle) => new OpenAccount(cradle)).singleton(),
      transferMoney: asFunction((cradle: Cradle) => new TransferMoney(cradle)).singleton(),
      accountQueries: asFunction((cradle: Cradle) => new AccountQueries(cradle)).singleton(),
    }
  },

  api: (cradle) => {
    const controller = new AccountController(cradle)
    return [
      {
        path: '/accounts',
        versions: ['v1', 'v2'],
        router: createAccountRoutes(controller),
      },
      {
        path: '/transfers',
        versions: ['v1', 'v2'],
        router: createTransferRoutes(controller),
      },
    ]
  },

  problems: ACCOUNT_PROBLEMS,
  problemOf: problemOfAccounts,
}
