import type { Log } from '../../../platform/log/log.js'
import type { State, Unsubscribe } from '../../../platform/state/state.js'

/** How far an upload is. `total` are all bytes of the request, `received` those of its files that are stored. */
export interface Progress {
  readonly state: 'receiving' | 'done' | 'failed'
  readonly received: number
  readonly total: number | null
}

/** More often nobody can see it. */
const INTERVAL_MS = 100
/** How long it is known how an upload ended. */
const KEPT_MS = 600_000

/**
 * The progress of uploads under ids that their uploaders chose; in the shared state, so that any instance can be
 * asked. An id is of its uploader alone: nobody else sees it, or is in the way of it.
 */
export class UploadProgress {
  readonly #state: State
  readonly #log: Log

  constructor(state: State, log: Log) {
    this.#state = state
    this.#log = log
  }

  begin(owner: string, upload: string, total: number | null): UploadMeter {
    const key = keyOf(owner, upload)
    const publish = async (progress: Progress): Promise<void> => {
      const text = JSON.stringify(progress)
      await this.#state.set(key, text, { expiresInMs: KEPT_MS })
      await this.#state.publish(key, text)
    }
    return new UploadMeter(total, publish, (error) =>
      this.#log.warn('the progress of an upload could not be told', { reason: String(error) }),
    )
  }

  /** Null when nothing is known of it. */
  async read(owner: string, upload: string): Promise<Progress | null> {
    const text = await this.#state.get(keyOf(owner, upload))
    return text === null ? null : (JSON.parse(text) as Progress)
  }

  /** All that comes from now on; the upload need not have begun. */
  watch(owner: string, upload: string, listener: (progress: Progress) => void): Promise<Unsubscribe> {
    return this.#state.subscribe(keyOf(owner, upload), (text) => listener(JSON.parse(text) as Progress))
  }
}

/** Counts one upload. What it can't tell is no reason for the upload to fail. */
export class UploadMeter {
  readonly #total: number | null
  readonly #publish: (progress: Progress) => Promise<void>
  readonly #failed: (error: unknown) => void
  #received = 0
  #toldAt = 0
  #telling: Promise<void> = Promise.resolve()

  constructor(
    total: number | null,
    publish: (progress: Progress) => Promise<void>,
    failed: (error: unknown) => void,
  ) {
    this.#total = total
    this.#publish = publish
    this.#failed = failed
    this.#tell('receiving')
  }

  add(bytes: number): void {
    this.#received += bytes
    if (performance.now() - this.#toldAt >= INTERVAL_MS) this.#tell('receiving')
  }

  async end(state: 'done' | 'failed'): Promise<void> {
    this.#tell(state)
    await this.#telling
  }

  /** One after another: the last that is told is the last that was said. */
  #tell(state: Progress['state']): void {
    this.#toldAt = performance.now()
    const progress: Progress = { state, received: this.#received, total: this.#total }
    this.#telling = this.#telling.then(() => this.#publish(progress)).catch(this.#failed)
  }
}

function keyOf(owner: string, upload: string): string {
  return `upload:${owner}:${upload}`
}
