import { newId } from '#shop/domain/ids.js'
import { Money } from '#shop/domain/money.js'
import type { AccountId } from '#shop/modules/accounts/domain/account.js'
import {
  type AccountRepositories,
  createAccountRepositories,
} from '#shop/modules/accounts/repositories/account-repositories.js'
import { OpenAccount } from '#shop/modules/accounts/services/commands/open-account.js'
import { TransferMoney } from '#shop/modules/accounts/services/commands/transfer-money.js'
import { systemClock } from '#shop/platform/clock/clock.js'
import type { StorageChoice } from '#shop/platform/database/configuration.js'
import { openStorage, type Storage } from '#shop/platform/database/storage.js'
import type { Outbox } from '#shop/platform/events/outbox.js'
import { SilentLog } from '../support/silent-log.js'

const nobodyListens: Outbox = { append: async () => {} }

export interface OpenAccounts extends AccountRepositories {
  readonly storage: Storage
  readonly transferMoney: TransferMoney
  /** New accounts of one owner, each with so many cents. */
  rich(owner: string, count: number, cents: number): Promise<readonly AccountId[]>
  balanceOf(id: AccountId): Promise<number>
}

/** The accounts on a storage, without a shop around them; `wrap` may put something between them and their storage. */
export async function openAccounts(
  choice: StorageChoice,
  wrap: (repositories: AccountRepositories, storage: Storage) => AccountRepositories = (same) => same,
): Promise<OpenAccounts> {
  const storage = await openStorage(choice, { sql: async () => {}, memory: async () => {} }, new SilentLog())
  const { transactions } = storage
  const repositories = createAccountRepositories(storage)
  const needs = { transactions, outbox: nobodyListens, clock: systemClock }
  const bank = new TransferMoney({ ...repositories, ...needs })
  const opening = new OpenAccount({ ...repositories, clock: systemClock })
  return {
    storage,
    ...repositories,
    transferMoney: new TransferMoney({ ...wrap(repositories, storage), ...needs }),
    rich: async (owner, count, cents) => {
      const ids: AccountId[] = []
      for (let index = 0; index < count; index++) {
        const { id } = await opening.execute(owner, `Account ${index}`, 'EUR')
        if (cents > 0) await bank.deposit({ to: id, amount: Money.of(cents, 'EUR'), note: '' }, 'staff')
        ids.push(id)
      }
      return ids
    },
    balanceOf: async (id) => (await repositories.accounts.find(id))?.balance.amount ?? Number.NaN,
  }
}

export function unknownAccount(): AccountId {
  return newId<'account'>()
}
