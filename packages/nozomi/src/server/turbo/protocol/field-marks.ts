/*
 * Where names and values stand in a section of fields: four offsets for each field, counted from the start of the section.
 *
 * Perf: they are written where they are found and read once, when the section is complete; no object is made for a field.
 */

/** Enough for 64 fields. */
const FIRST_SIZE = 256

export class FieldMarks {
  #offsets = new Int32Array(FIRST_SIZE)
  #length = 0

  /** How many fields there are. */
  get count(): number {
    return this.#length >> 2
  }

  /** Gives the number of fields. */
  add(nameAt: number, nameEnd: number, valueAt: number, valueEnd: number): number {
    const at = this.#length
    if (at === this.#offsets.length) this.#grow(at * 2)
    const offsets = this.#offsets
    offsets[at] = nameAt
    offsets[at + 1] = nameEnd
    offsets[at + 2] = valueAt
    offsets[at + 3] = valueEnd
    this.#length = at + 4
    return (at >> 2) + 1
  }

  /** Four for each field: where the name starts and ends, where the value does. Valid until more are added. */
  get offsets(): Int32Array {
    return this.#offsets
  }

  /** A copy, for a section that goes on later. */
  save(): Int32Array {
    return this.#offsets.slice(0, this.#length)
  }

  /** Starts again, with what was saved, if anything. */
  restore(saved: Int32Array | null): void {
    this.#length = 0
    if (saved === null) return
    if (saved.length > this.#offsets.length) this.#grow(saved.length * 2)
    this.#offsets.set(saved)
    this.#length = saved.length
  }

  #grow(size: number): void {
    const grown = new Int32Array(size)
    grown.set(this.#offsets)
    this.#offsets = grown
  }
}
