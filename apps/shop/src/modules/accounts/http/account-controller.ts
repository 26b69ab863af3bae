import { mayDo } from '../../../domain/principal.js'
import type { HandlerOf, Request } from '../../../http/framework.js'
import { answerOnce } from '../../../http/idempotent.js'
import { formatPlace } from '../../../http/input/place-cursor.js'
import { userOf } from '../../../http/principal.js'
import type { IdempotencyKeys } from '../../../platform/idempotency/idempotency-keys.js'
import type { OpenAccount } from '../services/commands/open-account.js'
import { TRANSFER_TRANSACTION, type TransferMoney } from '../services/commands/transfer-money.js'
import type { AccountQueries, AccountViewer } from '../services/queries/account-queries.js'
import {
  type deposit,
  type listAccounts,
  type listEntries,
  type openAccount,
  type readAccount,
  type readTransfer,
  type transfer,
  transferSchema,
} from './contracts/account-contracts.js'
import { representAccount, representEntry, representTransfer } from './representations.js'

export interface AccountControllerDependencies {
  readonly openAccount: OpenAccount
  readonly transferMoney: TransferMoney
  readonly accountQueries: AccountQueries
  readonly idempotencyKeys: IdempotencyKeys
}

export class AccountController {
  readonly #needs: AccountControllerDependencies

  constructor(needs: AccountControllerDependencies) {
    this.#needs = needs
  }

  list: HandlerOf<typeof listAccounts> = async (req, res) => {
    const { id } = await userOf(req)
    res.json({ items: (await this.#needs.accountQueries.ofOwner(id)).map(representAccount) })
  }

  open: HandlerOf<typeof openAccount> = async (req, res) => {
    const { name, currency } = req.valid.body
    const account = await this.#needs.openAccount.execute((await userOf(req)).id, name, currency)
    res.status(201).location(`${req.baseUrl}/${account.id}`).json(representAccount(account))
  }

  read: HandlerOf<typeof readAccount> = async (req, res) => {
    const { id } = req.valid.params
    res.json(representAccount(await this.#needs.accountQueries.account(id, await viewerOf(req))))
  }

  entries: HandlerOf<typeof listEntries> = async (req, res) => {
    const { id } = req.valid.params
    const { limit, cursor = null } = req.valid.query
    const viewer = await viewerOf(req)
    const { items, next } = await this.#needs.accountQueries.entries(id, viewer, cursor, limit)
    res.json({ items: items.map(representEntry), nextCursor: next === null ? null : formatPlace(next) })
  }

  deposit: HandlerOf<typeof deposit> = async (req, res) => {
    const { id: to } = req.valid.params
    const { amount, note } = req.valid.body
    const { id: madeBy } = await userOf(req)
    const work = async () => {
      const transfer = await this.#needs.transferMoney.deposit({ to, amount, note }, madeBy)
      return { status: 201, headers: {}, body: representTransfer(transfer) }
    }
    await answerOnce(
      this.#needs.idempotencyKeys,
      { req, res, key: req.valid.headers['idempotency-key'], schema: transferSchema },
      work,
      TRANSFER_TRANSACTION,
    )
  }

  transfer: HandlerOf<typeof transfer> = async (req, res) => {
    const request = req.valid.body
    const user = await userOf(req)
    const asker = { userId: user.id, isStaff: mayDo(user, 'accounts:write') }
    const work = async () => {
      const transfer = await this.#needs.transferMoney.execute(request, asker)
      const headers = { Location: `${req.baseUrl}/${transfer.id}` }
      return { status: 201, headers, body: representTransfer(transfer) }
    }
    await answerOnce(
      this.#needs.idempotencyKeys,
      { req, res, key: req.valid.headers['idempotency-key'], schema: transferSchema },
      work,
      TRANSFER_TRANSACTION,
    )
  }

  readTransfer: HandlerOf<typeof readTransfer> = async (req, res) => {
    const { id } = req.valid.params
    res.json(representTransfer(await this.#needs.accountQueries.transfer(id, await viewerOf(req))))
  }
}

async function viewerOf(req: Request): Promise<AccountViewer> {
  const user = await userOf(req)
  return { userId: user.id, seesAll: mayDo(user, 'accounts:read') }
}
