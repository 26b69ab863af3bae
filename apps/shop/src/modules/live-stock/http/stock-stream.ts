import type { Response } from '../../../http/framework.js'
import type { Log } from '../../../platform/log/log.js'
import type { StockChange, StockLevel } from '../domain/stock-level.js'
import type { StockFeed, StockListener } from '../services/stock-feed.js'
import type { StockLevels } from '../services/stock-levels.js'
import type { LiveConnection, LiveConnections } from './live-connections.js'

export interface StreamParts {
  readonly feed: StockFeed
  readonly levels: StockLevels
  readonly connections: LiveConnections
  readonly log: Log
}

/** Of `compression`, when it is before us: sends what it has so far. */
type MaybeCompressed = Response & { flush?: () => void }

/**
 * One client of the event stream (text/event-stream, HTML §9.2).
 *
 * What it can't take yet waits here, of each product the newest only: a slow client costs as much memory as it
 * watches products, however much happens.
 */
export class StockStream implements LiveConnection, StockListener {
  readonly products: ReadonlySet<number>
  readonly #res: MaybeCompressed
  readonly #parts: StreamParts
  readonly #waiting = new Map<number, StockChange>()
  /** The version of each product that was sent last: what is older or the same is no news. */
  readonly #sent = new Map<number, number>()
  #isBlocked = false
  #blockedSince = 0
  /** While a snapshot is read: changes wait for it. */
  #isReading = false
  #mustReset: 'snapshot' | 'reset' | null = null
  #stopListening: () => void = () => {}

  constructor(res: Response, products: ReadonlySet<number>, parts: StreamParts) {
    this.products = products
    this.#res = res
    this.#parts = parts
  }

  /** Begins with what the client has missed since an id, or with all when it has seen nothing yet. */
  open(lastEventId: string | null): void {
    const { feed, connections } = this.#parts
    this.#res.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      // For nginx, which would collect the events otherwise.
      'X-Accel-Buffering': 'no',
    })
    this.#res.on('drain', this.#onDrain)
    this.#res.once('close', this.#onClose)
    connections.add(this)
    this.#stopListening = feed.listen(this)
    this.#send(`retry: ${connections.limits.retryMs}\n\n`)
    const missed = lastEventId === null ? null : feed.since(lastEventId, this.products)
    if (missed?.kind === 'changes') for (const change of missed.changes) this.changed(change)
    else this.#reset(missed === null ? 'snapshot' : 'reset')
  }

  changed(change: StockChange): void {
    const { productId } = change.level
    if (this.#isBlocked || this.#isReading) {
      // Newest last, so that the ids go up.
      this.#waiting.delete(productId)
      this.#waiting.set(productId, change)
    } else this.#sendChange(change)
  }

  lost(): void {
    this.#reset('reset')
  }

  beat(): void {
    if (!this.#isBlocked) this.#send(': still here\n\n')
    else if (performance.now() - this.#blockedSince > this.#parts.connections.limits.stalledMs)
      this.#res.destroy()
  }

  end(): void {
    this.#res.end()
  }

  #reset(name: 'snapshot' | 'reset'): void {
    this.#mustReset = name
    this.#waiting.clear()
    if (!this.#isBlocked && !this.#isReading) this.#readSnapshot()
  }

  #readSnapshot(): void {
    const name = this.#mustReset
    if (name === null) return
    this.#mustReset = null
    this.#isReading = true
    // The place first: what changes while the stocks are read comes twice rather than not at all.
    const id = this.#parts.feed.position
    this.#parts.levels.of(this.products).then(
      (levels) => {
        this.#isReading = false
        if (this.#mustReset === null) this.#sendSnapshot(name, id, levels)
        this.#continue()
      },
      (error: unknown) => {
        this.#parts.log.error('a stream of stocks ends, since they could not be read', error)
        // The client comes again after `retry`.
        this.#res.destroy()
      },
    )
  }

  #continue(): void {
    if (this.#isBlocked || this.#isReading) return
    if (this.#mustReset !== null) return this.#readSnapshot()
    for (const [productId, change] of this.#waiting) {
      this.#waiting.delete(productId)
      this.#sendChange(change)
      if (this.#isBlocked) return
    }
  }

  #sendChange({ id, level }: StockChange): void {
    if (level.version <= (this.#sent.get(level.productId) ?? 0)) return
    this.#sent.set(level.productId, level.version)
    this.#send(formatEvent('stock', id, level))
  }

  #sendSnapshot(name: string, id: string, levels: readonly StockLevel[]): void {
    for (const { productId, version } of levels) this.#sent.set(productId, version)
    this.#send(formatEvent(name, id, { products: levels }))
  }

  #send(text: string): void {
    if (this.#res.destroyed || this.#res.writableEnded) return
    const hasRoom = this.#res.write(text)
    this.#res.flush?.()
    if (hasRoom) return
    this.#isBlocked = true
    this.#blockedSince = performance.now()
  }

  readonly #onDrain = (): void => {
    this.#isBlocked = false
    this.#continue()
  }

  readonly #onClose = (): void => {
    this.#stopListening()
    this.#parts.connections.remove(this)
    this.#res.off('drain', this.#onDrain)
    this.#waiting.clear()
  }
}

function formatEvent(
  name: string,
  id: string,
  data: StockLevel | { readonly products: readonly StockLevel[] },
): string {
  return `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}
