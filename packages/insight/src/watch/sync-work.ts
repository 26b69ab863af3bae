import type { RunState } from './request-state.js'

interface Frame {
  readonly run: RunState
  readonly startedAt: number
  /** What the handlers took that it called by `next`. */
  insideMs: number
}

/**
 * How long a handler keeps the event loop for itself: from its start to its return, without the handlers that run in
 * between because it called `next`.
 */
export class SyncWork {
  readonly #stack: Frame[] = []
  readonly #blockedMs: number
  readonly #onBlocked: (run: RunState, ms: number) => void
  /** What handlers took that were called from no other handler, since this was last set to 0. */
  outermostMs = 0

  constructor(blockedMs: number, onBlocked: (run: RunState, ms: number) => void) {
    this.#blockedMs = blockedMs
    this.#onBlocked = onBlocked
  }

  /** The handler that runs at this moment, if it is a handler that does. */
  get current(): RunState | null {
    return this.#stack.at(-1)?.run ?? null
  }

  enter(run: RunState): void {
    this.#stack.push({ run, startedAt: run.startedAt, insideMs: 0 })
  }

  leave(run: RunState, now: number): void {
    const index = this.#stack.findLastIndex((frame) => frame.run === run)
    if (index < 0) return
    const { startedAt, insideMs } = this.#stack[index]!
    // Whatever is above it never said that it ended.
    this.#stack.length = index
    const totalMs = now - startedAt
    this.#leaveOut(totalMs)
    const ownMs = totalMs - insideMs
    if (this.#blockedMs > 0 && ownMs >= this.#blockedMs) this.#onBlocked(run, ownMs)
  }

  /** Does something that is Insight's own work: no handler is blamed for the time it takes. */
  aside(action: () => void): void {
    const startedAt = performance.now()
    try {
      action()
    } finally {
      this.#leaveOut(performance.now() - startedAt)
    }
  }

  #leaveOut(ms: number): void {
    const outer = this.#stack.at(-1)
    if (outer === undefined) this.outermostMs += ms
    else outer.insideMs += ms
  }
}
