import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { eq } from 'drizzle-orm'
import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { TransactionConflict } from '#shop/domain/errors.js'
import { openStorage, type Storage } from '#shop/platform/database/storage.js'
import { SilentLog } from '../support/silent-log.js'
import type { TestStorage } from '../support/storages.js'

const accounts = pgTable('test_accounts', {
  name: text('name').primaryKey(),
  balance: integer('balance').notNull(),
})

/** Makes the table, which no migration knows. */
const fill = {
  sql: async (database: { execute(query: string): unknown }) => {
    await database.execute(
      'CREATE TABLE IF NOT EXISTS test_accounts (name text PRIMARY KEY, balance int NOT NULL)',
    )
  },
  memory: async () => {},
}

interface Accounts {
  read(name: string): Promise<number>
  write(name: string, balance: number): Promise<void>
}

/** Two small repositories over one storage, as a module would have them. */
function accountsOn(storage: Storage): Accounts {
  if (storage.kind === 'memory') {
    const table = storage.memory.table<string, number>('accounts')
    return {
      read: async (name) => table.get(name) ?? 0,
      write: async (name, balance) => table.set(name, balance),
    }
  }
  const { sql } = storage
  return {
    read: async (name) => {
      const [row] = await sql.current.select().from(accounts).where(eq(accounts.name, name))
      return row?.balance ?? 0
    },
    write: async (name, balance) => {
      await sql.current
        .insert(accounts)
        .values({ name, balance })
        .onConflictDoUpdate({ target: accounts.name, set: { balance } })
    },
  }
}

/** The contract of transactions: every storage passes it. */
export function describeTransactions(
  name: string,
  create: () => TestStorage,
  skip: string | false = false,
): void {
  describe(name, { skip }, () => {
    let tested: TestStorage
    let storage: Storage
    let stored: Accounts

    before(async () => {
      tested = create()
      storage = await openStorage(tested.choice, fill, new SilentLog())
      stored = accountsOn(storage)
    })

    after(async () => {
      await storage?.close()
      await tested?.remove()
    })

    it('store all that was done in them, and give what the work gives', async () => {
      const result = await storage.transactions.transaction(async () => {
        await stored.write('a', 1)
        await stored.write('b', 2)
        return (await stored.read('a')) + (await stored.read('b'))
      })
      assert.equal(result, 3)
      assert.deepEqual([await stored.read('a'), await stored.read('b')], [1, 2])
    })

    it('store nothing when the work rejects, and reject with its error', async () => {
      await stored.write('c', 1)
      const failure = new Error('no')
      const failed = storage.transactions.transaction(async () => {
        await stored.write('c', 99)
        throw failure
      })
      await assert.rejects(failed, failure)
      assert.equal(await stored.read('c'), 1)
    })

    it('within another are undone alone, and stored only with the whole', async () => {
      const { transactions } = storage
      await transactions.transaction(async () => {
        await stored.write('d', 1)
        const inner = transactions.transaction(async () => {
          await stored.write('d', 2)
          await stored.write('e', 2)
          throw new Error('no')
        })
        await assert.rejects(inner, /no/)
        assert.equal(await stored.read('d'), 1)
        await transactions.transaction(() => stored.write('f', 3))
      })
      assert.deepEqual([await stored.read('d'), await stored.read('e'), await stored.read('f')], [1, 0, 3])
      const whole = transactions.transaction(async () => {
        await transactions.transaction(() => stored.write('f', 4))
        throw new Error('all')
      })
      await assert.rejects(whole, /all/)
      assert.equal(await stored.read('f'), 3)
    })

    it('lose no money when many move it at the same time', async () => {
      await stored.write('x', 1000)
      await stored.write('y', 1000)
      const move = (from: string, to: string, amount: number) =>
        storage.transactions.transaction(
          async () => {
            const [left, right] = [await stored.read(from), await stored.read(to)]
            // In one order, so that nobody waits a second until PostgreSQL finds a deadlock.
            const changes = [
              [from, left - amount],
              [to, right + amount],
            ] as const
            for (const [name, balance] of changes.toSorted()) await stored.write(name, balance)
          },
          { isolation: 'serializable', attempts: 50 },
        )
      await Promise.all(
        Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? move('x', 'y', 7) : move('y', 'x', 3))),
      )
      assert.deepEqual([await stored.read('x'), await stored.read('y')], [1000 - 42 + 18, 1000 + 42 - 18])
    })

    it('refuse a query that comes after their end', async () => {
      let late: () => Promise<unknown> = async () => {}
      await storage.transactions.transaction(async () => {
        const gate = new Promise<void>((resolve) => (late = async () => resolve()))
        const lost = gate.then(() => stored.read('a'))
        late = ((open) => async () => (await open(), lost))(late)
      })
      await assert.rejects(late(), /something was not awaited/)
    })
  })
}

/** What meets others is run again; shown where others can change something while a transaction is under way. */
export function describeConflicts(
  name: string,
  create: () => TestStorage,
  skip: string | false = false,
): void {
  it(`${name} are run again after a conflict, and give up with TransactionConflict`, { skip }, async () => {
    const tested = create()
    const storage = await openStorage(tested.choice, fill, new SilentLog())
    const stored = accountsOn(storage)
    await stored.write('a', 1)
    // Asked for here, they are carried out outside of the transaction.
    const others: (() => void)[] = []
    const outside = (async () => {
      for (let count = 0; count < 5; count++) {
        await new Promise<void>((resolve) => others.push(resolve))
        await stored.write('a', 100 + count * 10)
      }
    })()
    const meet = async () => {
      others.shift()?.()
      await new Promise((resolve) => setTimeout(resolve, 60))
    }
    let runs = 0
    await storage.transactions.transaction(
      async () => {
        const balance = await stored.read('a')
        if (++runs <= 2) await meet()
        await stored.write('a', balance + 1)
      },
      { isolation: 'serializable' },
    )
    assert.equal(runs, 3)
    assert.equal(await stored.read('a'), 111)
    const hopeless = storage.transactions.transaction(
      async () => {
        const balance = await stored.read('a')
        await meet()
        await stored.write('a', balance + 1)
      },
      { isolation: 'serializable', attempts: 3 },
    )
    await assert.rejects(hopeless, (error) => error instanceof TransactionConflict && error.attempts === 3)
    await outside
    assert.equal(await stored.read('a'), 140)
    await storage.close()
    await tested.remove()
  })
}

/** Each of two holds what the other one needs. */
export function describeDeadlock(
  name: string,
  create: () => TestStorage,
  skip: string | false = false,
): void {
  it(`${name} are run again after a deadlock`, { skip }, async () => {
    const tested = create()
    const storage = await openStorage(tested.choice, fill, new SilentLog())
    const stored = accountsOn(storage)
    await stored.write('a', 0)
    await stored.write('b', 0)
    let runs = 0
    const cross = (first: string, second: string, amount: number) =>
      storage.transactions.transaction(async () => {
        runs++
        await stored.write(first, amount)
        await new Promise((resolve) => setTimeout(resolve, 100))
        await stored.write(second, amount)
      })
    await Promise.all([cross('a', 'b', 1), cross('b', 'a', 2)])
    assert.equal(runs, 3)
    assert.equal(await stored.read('a'), await stored.read('b'))
    await storage.close()
    await tested.remove()
  })
}
