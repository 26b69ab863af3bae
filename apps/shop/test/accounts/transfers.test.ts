import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import * as fc from 'fast-check'
import pg from 'pg'
import { StorageUnavailable } from '#shop/domain/errors.js'
import { Money } from '#shop/domain/money.js'
import { InsufficientFunds } from '#shop/modules/accounts/domain/errors.js'
import {
  memoryStorage,
  pgliteStorage,
  postgresIsMissing,
  postgresStorage,
  type TestStorage,
} from '../support/storages.js'
import { type OpenAccounts, openAccounts } from './accounts.js'

const skip = await postgresIsMissing()
const ASKER = { userId: 'ada', isStaff: false }

/** The sum of all balances, and of the ledger, of accounts. */
async function sums(open: OpenAccounts, ids: readonly Parameters<OpenAccounts['balanceOf']>[0][]) {
  let balances = 0
  for (const id of ids) {
    const balance = await open.balanceOf(id)
    assert.ok(balance >= 0, 'no account is below zero')
    const booked = (await open.ledger.entries(id, null, 1000)).map(({ amount }) => amount.amount)
    assert.equal(
      booked.reduce((sum, amount) => sum + amount, 0),
      balance,
      'the ledger says the same',
    )
    balances += balance
  }
  return balances
}

function describeTransfers(name: string, create: () => TestStorage, missing: string | false = false): void {
  describe(name, { skip: missing }, () => {
    let tested: TestStorage
    let open: OpenAccounts

    before(async () => {
      tested = create()
      open = await openAccounts(tested.choice)
    })

    after(async () => {
      await open?.storage.close()
      await tested?.remove()
    })

    it('keep the sum, whatever is moved at the same time', async () => {
      const transfer = fc.record({ from: fc.nat(3), to: fc.nat(3), cents: fc.integer({ min: 1, max: 700 }) })
      await fc.assert(
        fc.asyncProperty(fc.array(transfer, { minLength: 2, maxLength: 12 }), async (transfers) => {
          const ids = await open.rich('ada', 4, 1000)
          const results = await Promise.allSettled(
            transfers
              .filter(({ from, to }) => from !== to)
              .map(({ from, to, cents }) => {
                const [source, target] = [ids[from], ids[to]]
                assert.ok(source && target)
                const request = { from: source, to: target, amount: Money.of(cents, 'EUR'), note: '' }
                return open.transferMoney.execute(request, ASKER)
              }),
          )
          for (const result of results)
            if (result.status === 'rejected')
              assert.ok(result.reason instanceof InsufficientFunds, String(result.reason))
          assert.equal(await sums(open, ids), 4000)
        }),
        { numRuns: 12 },
      )
    })

    it('never spend the same money twice', async () => {
      const [source, ...targets] = await open.rich('ada', 6, 100)
      assert.ok(source)
      const all = await Promise.allSettled(
        targets.map((to) =>
          open.transferMoney.execute({ from: source, to, amount: Money.of(100, 'EUR'), note: '' }, ASKER),
        ),
      )
      assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1)
      assert.equal(await open.balanceOf(source), 0)
      assert.equal(await sums(open, [source, ...targets]), 600)
    })

    it('leave nothing behind when they fail in the middle', async () => {
      const broken = new Error('in the middle')
      let writes = 0
      const failing = await openAccountsOn(open, () => {
        if (++writes === 2) throw broken
      })
      const [from, to] = await open.rich('ada', 2, 500)
      assert.ok(from && to)
      const failed = failing.execute({ from, to, amount: Money.of(200, 'EUR'), note: '' }, ASKER)
      await assert.rejects(failed, broken)
      assert.equal(writes, 2)
      assert.deepEqual([await open.balanceOf(from), await open.balanceOf(to)], [500, 500])
      assert.equal(await sums(open, [from, to]), 1000)
    })
  })
}

/** Transfers on the storage of others, with something that happens before each balance is stored. */
async function openAccountsOn({ storage, accounts, ledger }: OpenAccounts, beforeSave: () => unknown) {
  const { TransferMoney } = await import('#shop/modules/accounts/services/commands/transfer-money.js')
  const { systemClock } = await import('#shop/platform/clock/clock.js')
  return new TransferMoney({
    accounts: {
      add: (account) => accounts.add(account),
      find: (id) => accounts.find(id),
      ofOwner: (owner) => accounts.ofOwner(owner),
      settlement: (currency, start) => accounts.settlement(currency, start),
      saveBalance: async (account) => {
        await beforeSave()
        await accounts.saveBalance(account)
      },
    },
    ledger,
    transactions: storage.transactions,
    outbox: { append: async () => {} },
    clock: systemClock,
  })
}

describeTransfers('transfers in memory', memoryStorage)
describeTransfers('transfers on PGlite', pgliteStorage)
describeTransfers('transfers on PostgreSQL', postgresStorage, skip)

describe('a transfer that is killed in the middle', { skip }, () => {
  let tested: TestStorage
  let open: OpenAccounts

  before(async () => {
    tested = postgresStorage()
    open = await openAccounts(tested.choice)
  })

  after(async () => {
    await open?.storage.close()
    await tested?.remove()
  })

  it('by the end of its connection has moved nothing, is reported, and can be made then', async () => {
    const [from, to] = await open.rich('ada', 2, 500)
    assert.ok(from && to && tested.choice.kind === 'postgres')
    const killer = new pg.Client({ connectionString: tested.choice.url })
    await killer.connect()
    let writes = 0
    const dying = await openAccountsOn(open, async () => {
      if (++writes !== 2) return
      assert.ok(open.storage.kind === 'sql')
      const { rows } = (await open.storage.sql.current.execute(
        sql`SELECT pg_backend_pid() AS pid`,
      )) as unknown as {
        rows: { pid: number }[]
      }
      await killer.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid])
    })
    const request = { from, to, amount: Money.of(200, 'EUR'), note: '' }
    await assert.rejects(dying.execute(request, ASKER), StorageUnavailable)
    await killer.end()
    assert.deepEqual([await open.balanceOf(from), await open.balanceOf(to)], [500, 500])
    assert.equal(await sums(open, [from, to]), 1000)
    await open.transferMoney.execute(request, ASKER)
    assert.deepEqual([await open.balanceOf(from), await open.balanceOf(to)], [300, 700])
  })

  it('by the end of its process has moved nothing', async () => {
    const [from, to] = await open.rich('ada', 2, 500)
    assert.ok(from && to)
    const program = fileURLToPath(new URL('./transfer-process.js', import.meta.url))
    const child = spawn(process.execPath, [program, JSON.stringify(tested.choice), from, to], {
      stdio: 'pipe',
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const died = once(child, 'exit')
    await Promise.race([once(child.stdout, 'data'), died])
    assert.equal(child.exitCode, null, said)
    child.kill('SIGKILL')
    await died
    assert.deepEqual([await open.balanceOf(from), await open.balanceOf(to)], [500, 500])
    assert.equal(await sums(open, [from, to]), 1000)
    await open.transferMoney.execute({ from, to, amount: Money.of(200, 'EUR'), note: '' }, ASKER)
    assert.equal(await sums(open, [from, to]), 1000)
  })
})
