import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { SequencedChannel, SequencedMessage } from '#shop/platform/realtime/sequenced-channel.js'
import type { StockChange } from '#shop/modules/live-stock/domain/stock-level.js'
import { StockFeed } from '#shop/modules/live-stock/services/stock-feed.js'
import { SilentLog } from '../support/silent-log.js'

/** A channel that says what the test wants. */
class ScriptedChannel implements SequencedChannel {
  at = { epoch: 'e', number: 0 }
  tell: (message: SequencedMessage) => void = () => {}

  async publish(): Promise<void> {}

  async position(): Promise<{ epoch: string; number: number }> {
    return this.at
  }

  async subscribe(listener: (message: SequencedMessage) => void): Promise<() => Promise<void>> {
    this.tell = listener
    return async () => {}
  }

  change(number: number, productId = 1, epoch = 'e'): void {
    this.tell({ epoch, number, message: JSON.stringify({ productId, available: number, version: number }) })
  }
}

async function feedOf(channel: ScriptedChannel): Promise<{ feed: StockFeed; seen: string[] }> {
  const feed = new StockFeed({ channel, log: new SilentLog(), kept: 5 })
  await feed.start()
  const seen: string[] = []
  feed.listen({
    products: new Set([1]),
    changed: ({ id }: StockChange) => seen.push(id),
    lost: () => seen.push('lost'),
  })
  return { feed, seen }
}

const ONE = new Set([1])

describe('the feed of stocks', () => {
  it('replays what came after an id, of each product the newest', async () => {
    const channel = new ScriptedChannel()
    const { feed } = await feedOf(channel)
    for (const [number, product] of [1, 2, 1, 2, 3].entries()) channel.change(number + 1, product)
    const missed = feed.since('e.0', new Set([1, 2]))
    assert.ok(missed.kind === 'changes')
    assert.deepEqual(
      missed.changes.map(({ id }) => id),
      ['e.3', 'e.4'],
    )
    assert.deepEqual(feed.since('e.5', ONE), { kind: 'changes', changes: [] })
  })

  it('keeps so many, and says when an id is too old, of another life, or from the future', async () => {
    const channel = new ScriptedChannel()
    const { feed } = await feedOf(channel)
    for (let number = 1; number <= 8; number++) channel.change(number)
    assert.equal(feed.since('e.3', ONE).kind, 'changes')
    for (const id of ['e.2', 'x.5', 'e.9', '', 'e.', 'e.-1', 'e.1e1'])
      assert.equal(feed.since(id, ONE).kind, 'reset', id)
  })

  it('notices when changes are missing, and tells those who watch', async () => {
    const channel = new ScriptedChannel()
    const { feed, seen } = await feedOf(channel)
    channel.change(1)
    channel.change(3)
    channel.change(3)
    channel.change(1, 1, 'f')
    assert.deepEqual(seen, ['e.1', 'lost', 'e.3', 'lost', 'f.1'])
    assert.equal(feed.since('e.3', ONE).kind, 'reset')
  })

  it('notices that the last changes are missing, when they are still not there at the next look', async () => {
    const channel = new ScriptedChannel()
    const { feed, seen } = await feedOf(channel)
    channel.change(1)
    channel.at = { epoch: 'e', number: 2 }
    await feed.check()
    assert.deepEqual(seen, ['e.1'], 'it may be on its way')
    await feed.check()
    assert.deepEqual(seen, ['e.1', 'lost'])
    assert.equal(feed.position, 'e.2')
    await feed.check()
    await feed.check()
    assert.equal(seen.length, 2)
  })
})
