import type { ServerResponse } from 'node:http'

/*
 * Who waits for the end of an answer by the package `on-finished`, as morgan, send and finalhandler do, waits here.
 *
 * `on-finished` keeps its waiting functions on the message, in the `queue` of what it calls `__onFinished`. Where it finds one, it adds to it;
 * where it finds none, it makes one, and has `ee-first` listen to the answer and to its socket, and stop to listen.
 *
 * Perf: two listeners in place of four, no closure, and nothing to take off again. And no literals: V8 may have put those of
 * `ee-first`, which hold the answer, among the old objects, if the first requests of the process came as a burst; then each garbage collection
 * copies a third of all that is new instead of a twentieth (docs/explanation/speed.md, "Functions and objects that are born old").
 *
 * Runs for each answer that is waited for: no closure, no literal. Watched by bench/run.mjs production.
 */

type Waiting = (error: unknown, message: ServerResponse) => void

/** @internal Undefined until somebody waits, null when it is over; something else where `on-finished` put its own. */
export const finishQueue = Symbol('nozomi.finishQueue')

interface Waited extends ServerResponse {
  [finishQueue]?: unknown
}

/** What `on-finished` sees: it looks for a `queue`, and pushes to it. */
class FinishQueue {
  /** Null when it is over: `on-finished` then makes one of its own. */
  queue: FinishQueue | null = this
  #first: Waiting | null = null
  #others: Waiting[] | null = null

  push(waiting: Waiting): void {
    if (this.#first === null) this.#first = waiting
    else if (this.#others === null) this.#others = Array.of(waiting)
    else this.#others.push(waiting)
  }

  /** Tells all, in the order in which they came. */
  tell(error: unknown, res: ServerResponse): void {
    const first = this.#first
    const others = this.#others
    this.queue = this.#first = this.#others = null
    if (first !== null) first(error, res)
    if (others !== null) for (const waiting of others) waiting(error, res)
  }
}

export const finishQueueOverrides = {
  get __onFinished(): unknown {
    const res = this as unknown as Waited
    if (res[finishQueue] !== undefined) return res[finishQueue]
    const queue = new FinishQueue()
    res[finishQueue] = queue
    res.on('finish', tellOfFinish)
    res.on('close', tellOfClose)
    return queue
  },

  set __onFinished(value: unknown) {
    ;(this as unknown as Waited)[finishQueue] = value
  },
}

function tellOfFinish(this: Waited): void {
  tell(this, null)
}

/** The connection was lost before the answer was out. Parity: with the error of the socket, if it had one. */
function tellOfClose(this: Waited): void {
  tell(this, this.socket?.errored ?? null)
}

function tell(res: Waited, error: unknown): void {
  const queue = res[finishQueue]
  if (!(queue instanceof FinishQueue)) return
  res[finishQueue] = null
  queue.tell(error, res)
}
