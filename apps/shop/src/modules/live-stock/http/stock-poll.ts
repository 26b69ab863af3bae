import type { Response } from '../../../http/framework.js'
import type { StockChange } from '../domain/stock-level.js'
import type { StockFeed, StockListener } from '../services/stock-feed.js'
import type { StockLevels } from '../services/stock-levels.js'
import type { LiveConnection, LiveConnections } from './live-connections.js'

export interface PollParts {
  readonly feed: StockFeed
  readonly levels: StockLevels
  readonly connections: LiveConnections
}

/** One poll: answered when something changes, or with 204 when nothing did for a while. */
export class StockPoll implements LiveConnection, StockListener {
  readonly products: ReadonlySet<number>
  readonly #res: Response
  readonly #parts: PollParts
  readonly #timer: NodeJS.Timeout
  readonly #stopListening: () => void
  /** Resolves when the poll is over, however. */
  readonly done: Promise<void>
  #finish: () => void = () => {}

  constructor(res: Response, products: ReadonlySet<number>, waitMs: number, parts: PollParts) {
    this.products = products
    this.#res = res
    this.#parts = parts
    this.done = new Promise((resolve) => (this.#finish = resolve))
    this.#timer = setTimeout(() => this.end(), waitMs)
    this.#stopListening = parts.feed.listen(this)
    parts.connections.add(this)
    res.once('close', this.#onOver)
  }

  changed({ id, level }: StockChange): void {
    this.#onOver()
    this.#res.json({ reset: false, products: [level], since: id })
  }

  /** Told to ask again; then it gets all anew. */
  lost(): void {
    this.end()
  }

  beat(): void {}

  end(): void {
    this.#onOver()
    if (!this.#res.headersSent) this.#res.status(204).end()
  }

  readonly #onOver = (): void => {
    clearTimeout(this.#timer)
    this.#stopListening()
    this.#parts.connections.remove(this)
    this.#res.off('close', this.#onOver)
    this.#finish()
  }
}
