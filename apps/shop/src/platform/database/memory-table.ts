/** One table of a MemoryDatabase: rows by key, in the order in which their keys came. Rows are never changed in place. */
export interface MemoryTable<K, V> {
  get(key: K): V | undefined
  has(key: K): boolean
  set(key: K, row: V): void
  /** False when there was no such row. */
  delete(key: K): boolean
  /** All rows, as they are now. */
  values(): readonly V[]
}

/** The rows of a table that are stored. */
export class StoredRows<K, V> implements MemoryTable<K, V> {
  readonly #rows = new Map<K, V>()
  /** One more with each change. */
  version = 0

  get(key: K): V | undefined {
    return this.#rows.get(key)
  }

  has(key: K): boolean {
    return this.#rows.has(key)
  }

  set(key: K, row: V): void {
    this.#rows.set(key, row)
    this.version++
  }

  delete(key: K): boolean {
    this.version++
    return this.#rows.delete(key)
  }

  values(): readonly V[] {
    return [...this.#rows.values()]
  }

  entries(): Iterable<[K, V]> {
    return this.#rows
  }
}

const REMOVED = Symbol('removed')

/**
 * A table as one transaction sees it: the stored rows with the transaction's own changes over them. It remembers what
 * it saw of the stored rows, so that the end can tell whether somebody changed them meanwhile.
 */
export class RowsInTransaction<K, V> implements MemoryTable<K, V> {
  readonly #stored: StoredRows<K, V>
  #changes = new Map<K, V | typeof REMOVED>()
  readonly #seen = new Map<K, V | undefined>()
  #scannedVersion: number | null = null

  constructor(stored: StoredRows<K, V>) {
    this.#stored = stored
  }

  get(key: K): V | undefined {
    const changed = this.#changes.get(key)
    if (changed !== undefined) return changed === REMOVED ? undefined : changed
    return this.#look(key)
  }

  has(key: K): boolean {
    return this.get(key) !== undefined
  }

  set(key: K, row: V): void {
    this.#look(key)
    this.#changes.set(key, row)
  }

  delete(key: K): boolean {
    const wasThere = this.has(key)
    this.#look(key)
    this.#changes.set(key, REMOVED)
    return wasThere
  }

  values(): readonly V[] {
    this.#scannedVersion ??= this.#stored.version
    const rows = new Map<K, V | typeof REMOVED>(this.#stored.entries())
    for (const [key, row] of this.#changes) rows.set(key, row)
    return [...rows.values()].filter((row): row is V => row !== REMOVED)
  }

  /** Gives what takes the changes since now back. */
  savepoint(): () => void {
    const kept = new Map(this.#changes)
    return () => {
      this.#changes = kept
    }
  }

  /** Whether all that was seen is still so. */
  isValid(): boolean {
    if (this.#scannedVersion !== null && this.#scannedVersion !== this.#stored.version) return false
    for (const [key, row] of this.#seen) if (this.#stored.get(key) !== row) return false
    return true
  }

  store(): void {
    for (const [key, row] of this.#changes) {
      if (row === REMOVED) this.#stored.delete(key)
      else this.#stored.set(key, row)
    }
  }

  #look(key: K): V | undefined {
    const row = this.#stored.get(key)
    if (!this.#seen.has(key)) this.#seen.set(key, row)
    return row
  }
}
