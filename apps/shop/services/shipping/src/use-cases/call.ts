/** The sender of a request gave up: nobody waits for the answer. */
export class CallCancelled extends Error {
  override readonly name = 'CallCancelled'

  constructor() {
    super('the caller went away')
  }
}

/** The time for a call is over: what the caller allowed, or what the service does. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded'

  constructor(limitMs: number) {
    super(`There was no answer within ${limitMs} ms.`)
  }
}

/** The service can not answer now; the same request may succeed later. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
}

/** One call of a client, over whatever transport: when its signal is aborted, nobody needs the answer. */
export interface Call {
  readonly signal: AbortSignal
}

/** A call with its time limit. Whoever opens it ends it. */
export class CallScope implements Call {
  readonly #controller = new AbortController()
  readonly #timer: NodeJS.Timeout | null

  /** `limitMs`: null for a call that may stay open. */
  constructor(limitMs: number | null) {
    this.#timer =
      limitMs === null
        ? null
        : setTimeout(() => this.#controller.abort(new DeadlineExceeded(limitMs)), limitMs)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  cancel(reason: Error = new CallCancelled()): void {
    this.#controller.abort(reason)
  }

  /** What the work gives; rejects with the reason as soon as the call is cancelled or its time is over. */
  async run<T>(work: (call: Call) => Promise<T>): Promise<T> {
    const { signal } = this.#controller
    signal.throwIfAborted()
    return new Promise<T>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
      work(this).then(resolve, reject)
    })
  }

  end(): void {
    if (this.#timer) clearTimeout(this.#timer)
  }
}
