import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CommitNotices } from '#shop/platform/database/commit-notices.js'
import { MemoryDatabase } from '#shop/platform/database/memory-database.js'

describe('notices of the end of transactions', () => {
  const commits = new CommitNotices(new MemoryDatabase())

  it('come at once outside of a transaction', async () => {
    let told = 0
    await commits.afterCommit('x', async () => void told++)
    assert.equal(told, 1)
    assert.equal(commits.isInTransaction, false)
  })

  it('come once, after the outermost transaction, before its caller goes on', async () => {
    const happened: string[] = []
    const note = (name: string) => commits.afterCommit(name, async () => void happened.push(name))
    await commits.transaction(async () => {
      assert.equal(commits.isInTransaction, true)
      await note('a')
      await commits.transaction(() => note('b'))
      await note('a')
      happened.push('end of work')
    })
    assert.deepEqual(happened, ['end of work', 'a', 'b'])
  })

  it('come as well when the transaction was undone', async () => {
    let told = 0
    const undone = commits.transaction(async () => {
      await commits.afterCommit('x', async () => void told++)
      throw new Error('undone')
    })
    await assert.rejects(undone, /undone/)
    assert.equal(told, 1)
  })

  it('do not wait for a transaction that is over, in what it has left behind', async () => {
    const late = await commits.transaction(async () => ({
      told: new Promise<boolean>((resolve) => {
        setTimeout(() => {
          let told = false
          commits
            .afterCommit('x', async () => void (told = true))
            .then(() => resolve(told && !commits.isInTransaction))
        }, 20)
      }),
    }))
    assert.equal(await late.told, true)
  })
})
