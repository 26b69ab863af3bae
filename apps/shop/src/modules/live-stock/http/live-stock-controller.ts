import type { HandlerOf } from '../../../http/framework.js'
import { Problem } from '../../../http/problems/problem.js'
import { PROBLEMS } from '../../../http/problems/problem-catalogue.js'
import type { pollStock, streamStock } from './contracts/live-stock-contracts.js'
import { StockPoll } from './stock-poll.js'
import { StockStream, type StreamParts } from './stock-stream.js'

/** Stocks as they change: as a stream of events, or by asking again and again. */
export class LiveStockController {
  readonly #parts: StreamParts

  constructor(parts: StreamParts) {
    this.#parts = parts
  }

  stream: HandlerOf<typeof streamStock> = async (req, res) => {
    const { products, lastEventId } = req.valid.query
    const { connections } = this.#parts
    if (req.method === 'HEAD') {
      res.type('text/event-stream').end()
      return
    }
    if (connections.isDraining) {
      // Not an error: a browser would not come again after one.
      res.type('text/event-stream').send(`retry: ${connections.limits.retryMs}\n\n`)
      return
    }
    this.#assertRoom()
    new StockStream(res, products, this.#parts).open(
      req.valid.headers['last-event-id'] ?? lastEventId ?? null,
    )
  }

  poll: HandlerOf<typeof pollStock> = async (req, res) => {
    const { products, since, wait } = req.valid.query
    const { feed, levels, connections } = this.#parts
    const missed = since === undefined ? null : feed.since(since, products)
    if (missed === null || missed.kind === 'reset') {
      const position = feed.position
      res.json({ reset: true, products: [...(await levels.of(products))], since: position })
      return
    }
    const last = missed.changes.at(-1)
    if (last !== undefined) {
      res.json({ reset: false, products: missed.changes.map(({ level }) => level), since: last.id })
      return
    }
    if (wait === 0 || connections.isDraining) {
      res.status(204).end()
      return
    }
    this.#assertRoom()
    await new StockPoll(res, products, Math.min(wait * 1000, connections.limits.pollMs), this.#parts).done
  }

  #assertRoom(): void {
    const { connections } = this.#parts
    if (!connections.isFull) return
    const detail = `${connections.size} clients are watching already. Try again later.`
    throw new Problem(PROBLEMS['too-much-contention'], detail, { headers: { 'Retry-After': '10' } })
  }
}
