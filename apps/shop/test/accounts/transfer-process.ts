/**
 * A program of its own, for transfers.test.ts: begins a transfer on a storage, says so when it has stored one of the
 * two balances, and waits there to be killed. Arguments: the choice of the storage, and the two accounts.
 */
import { Money } from '#shop/domain/money.js'
import type { AccountId } from '#shop/modules/accounts/domain/account.js'
import type { StorageChoice } from '#shop/platform/database/configuration.js'
import { openAccounts } from './accounts.js'

const [choice = '', from = '', to = ''] = process.argv.slice(2)
let writes = 0

const { transferMoney } = await openAccounts(JSON.parse(choice) as StorageChoice, ({ accounts, ledger }) => ({
  ledger,
  accounts: {
    add: (account) => accounts.add(account),
    find: (id) => accounts.find(id),
    ofOwner: (owner) => accounts.ofOwner(owner),
    settlement: (currency, start) => accounts.settlement(currency, start),
    saveBalance: async (account) => {
      if (++writes === 2) {
        process.stdout.write('in the middle\n')
        await new Promise((resolve) => setTimeout(resolve, 60_000))
      }
      await accounts.saveBalance(account)
    },
  },
}))

const request = { from: from as AccountId, to: to as AccountId, amount: Money.of(200, 'EUR'), note: '' }
await transferMoney.execute(request, { userId: 'ada', isStaff: false })
