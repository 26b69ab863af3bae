/** The values of one key, in the order in which they came. */
export type RepeatedValue = string | string[]

/** So many keys are compared one by one. */
const FEW = 16

/**
 * Values by their keys, in the order in which an object would list them: keys that are integers come first.
 *
 * Perf: an object without a prototype is a hash table, which takes 0.1 µs for each new key; a form has few of them
 * (bench/micro/extended-query.mjs). Security: beyond those few they are found by a Map.
 */
export class RepeatedValues {
  readonly keys: string[] = []
  /** Those of `keys[i]` at `i`. */
  readonly values: RepeatedValue[] = []
  #places: Map<string, number> | null = null
  #startsWithDigit = false

  add(key: string, value: string): void {
    const place = this.#placeOf(key)
    if (place === -1) this.#addKey(key, value)
    else {
      const existing = this.values[place] as RepeatedValue
      if (typeof existing === 'string') this.values[place] = [existing, value]
      else existing.push(value)
    }
  }

  /** Puts keys that are integers first, as objects have them. */
  sort(): void {
    if (!this.#startsWithDigit) return
    const byKey: Record<string, RepeatedValue> = Object.create(null)
    for (const [i, key] of this.keys.entries()) byKey[key] = this.values[i] as RepeatedValue
    for (const [i, key] of Object.keys(byKey).entries()) {
      this.keys[i] = key
      this.values[i] = byKey[key] as RepeatedValue
    }
    this.#places = null
  }

  #placeOf(key: string): number {
    if (this.keys.length <= FEW) return this.keys.indexOf(key)
    this.#places ??= new Map(this.keys.map((one, i) => [one, i]))
    return this.#places.get(key) ?? -1
  }

  #addKey(key: string, value: string): void {
    this.#places?.set(key, this.keys.length)
    this.keys.push(key)
    this.values.push(value)
    const first = key.charCodeAt(0)
    if (first >= 0x30 && first <= 0x39) this.#startsWithDigit = true
  }
}
