import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { StateUnavailable } from '../../domain/errors.js'
import type { Log } from '../log/log.js'
import type { State } from '../state/state.js'
import type { Cache, Cached, CacheOutcome } from './cache.js'

export interface StateCacheOptions {
  readonly state: Pick<State, 'get' | 'set' | 'setIfAbsent' | 'deleteIfEqual'>
  readonly log: Log
  /** How long a value is good. */
  readonly freshMs: number
  /** How long the others wait for the instance that computes; then they compute as well. */
  readonly waitMs?: number
  /** Hears how each call ended. */
  readonly observe?: (kind: string, outcome: CacheOutcome) => void
}

interface Entry {
  readonly generation: string
  readonly text: string
}

interface Flight {
  readonly group: string
  readonly value: Promise<unknown>
}

const WAIT_MS = 1000
const LOOK_EVERY_MS = 15
/** Longer than any value is kept. Without it there would be one key for good for each thing that ever changed. */
const GENERATION_KEPT_MS = 4 * 60 * 60 * 1000
const FIRST_GENERATION = '-'

/**
 * A cache in the shared state. A value is kept with the generation of its group, and is good as long as the group has
 * the same one; `invalidate` gives the group another. The generation is read before the value is computed: what was
 * computed from older data is stored under an older generation, and nobody takes it.
 */
export class StateCache implements Cache {
  readonly #options: Required<StateCacheOptions>
  /** What is being computed in this process, by key and generation. */
  readonly #flights = new Map<string, Flight>()

  constructor(options: StateCacheOptions) {
    this.#options = { waitMs: WAIT_MS, observe: () => {}, ...options }
  }

  async get<T>(wanted: Cached<T>): Promise<T> {
    try {
      const [generation, entry] = await this.#look(wanted)
      if (entry?.generation === generation) {
        this.#options.observe(wanted.kind, 'hit')
        return wanted.parse(entry.text)
      }
      return await this.#once(wanted, generation, () => this.#computeOnce(wanted, generation))
    } catch (error) {
      if (!(error instanceof StateUnavailable)) throw error
      this.#options.observe(wanted.kind, 'bypassed')
      return this.#once(wanted, 'away', wanted.compute)
    }
  }

  async invalidate(group: string): Promise<void> {
    for (const [key, flight] of this.#flights) if (flight.group === group) this.#flights.delete(key)
    try {
      await this.#options.state.set(generationKey(group), randomUUID(), { expiresInMs: GENERATION_KEPT_MS })
    } catch (error) {
      // What is kept is wrong until it expires, should the state come back with it.
      this.#options.log.warn(`the cache could not be told of a change: ${String(error)}`, { group })
    }
  }

  async #look({
    key,
    group,
  }: Pick<Cached<unknown>, 'key' | 'group'>): Promise<[generation: string, entry: Entry | null]> {
    const { state } = this.#options
    const [generation, text] = await Promise.all([state.get(generationKey(group)), state.get(entryKey(key))])
    return [generation ?? FIRST_GENERATION, text === null ? null : (JSON.parse(text) as Entry)]
  }

  /** Runs it, or joins who runs it in this process. */
  #once<T>({ key, group }: Cached<T>, generation: string, run: () => Promise<T>): Promise<T> {
    const name = `${generation} ${key}`
    const known = this.#flights.get(name)
    if (known !== undefined) return known.value as Promise<T>
    const flight: Flight = {
      group,
      value: run().finally(() => {
        if (this.#flights.get(name) === flight) this.#flights.delete(name)
      }),
    }
    this.#flights.set(name, flight)
    return flight.value as Promise<T>
  }

  /** Of all instances, one computes; the others wait for what it keeps. */
  async #computeOnce<T>(wanted: Cached<T>, generation: string): Promise<T> {
    const { state, freshMs, waitMs, observe } = this.#options
    const lock = `cache:lock:${wanted.key}:${generation}`
    const owner = randomUUID()
    const isOurs = await state.setIfAbsent(lock, owner, { expiresInMs: waitMs })
    const computed = isOurs ? null : await this.#wait(wanted, generation, lock)
    if (computed !== null) {
      observe(wanted.kind, 'shared')
      return wanted.parse(computed)
    }
    try {
      observe(wanted.kind, 'computed')
      const value = await wanted.compute()
      if (wanted.isKept?.(value) !== false) {
        const entry: Entry = { generation, text: wanted.format(value) }
        await this.#quietly(() =>
          state.set(entryKey(wanted.key), JSON.stringify(entry), { expiresInMs: freshMs }),
        )
      }
      return value
    } finally {
      if (isOurs) await this.#quietly(() => state.deleteIfEqual(lock, owner))
    }
  }

  /** Null when nobody has kept it in time: what it is may not be for keeping, or its computation has failed. */
  async #wait(
    wanted: Pick<Cached<unknown>, 'key' | 'group'>,
    generation: string,
    lock: string,
  ): Promise<string | null> {
    const deadline = performance.now() + this.#options.waitMs
    while (performance.now() < deadline) {
      await setTimeout(LOOK_EVERY_MS)
      const isUnderWay = (await this.#options.state.get(lock)) !== null
      const [, entry] = await this.#look(wanted)
      if (entry?.generation === generation) return entry.text
      if (!isUnderWay) return null
    }
    return null
  }

  /** What was computed is good, whether it can be kept or not. */
  async #quietly(act: () => Promise<unknown>): Promise<void> {
    try {
      await act()
    } catch (error) {
      if (!(error instanceof StateUnavailable)) throw error
    }
  }
}

function generationKey(group: string): string {
  return `cache:generation:${group}`
}

function entryKey(key: string): string {
  return `cache:value:${key}`
}
