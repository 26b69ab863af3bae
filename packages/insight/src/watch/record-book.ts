import type { RequestRecord } from '../types/record.js'
import { sizeOf } from './record.js'

/** The last requests that are over: as many as were asked for, and no more than fit. */
export class RecordBook {
  readonly #records = new Map<number, { readonly record: RequestRecord; readonly bytes: number }>()
  readonly #keep: number
  readonly #keepBytes: number
  #bytes = 0

  constructor(keep: number, keepBytes: number) {
    this.#keep = keep
    this.#keepBytes = keepBytes
  }

  add(record: RequestRecord): void {
    const bytes = sizeOf(record)
    this.#records.set(record.id, { record, bytes })
    this.#bytes += bytes
    for (const [id, oldest] of this.#records) {
      if (this.#records.size <= this.#keep && this.#bytes <= this.#keepBytes) break
      this.#records.delete(id)
      this.#bytes -= oldest.bytes
    }
  }

  get(id: number): RequestRecord | undefined {
    return this.#records.get(id)?.record
  }

  all(): RequestRecord[] {
    return [...this.#records.values()].map(({ record }) => record)
  }
}
