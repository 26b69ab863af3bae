import * as fc from 'fast-check'
import { Unsatisfiable } from '../arbitraries/unsatisfiable.js'
import { seedOf } from './seed.js'
import type { Verdict } from './judge.js'

/** How an input was sent, and what came of it. */
export interface Trial<Sent> {
  readonly sent: Sent
  readonly verdicts: readonly Verdict[]
}

/** A fault, with the smallest input that showed it. */
export interface Found<Sent> {
  readonly verdict: Verdict
  readonly sent: Sent
}

export interface ExploreOptions<Input, Sent> {
  readonly inputs: fc.Arbitrary<Input>
  readonly runs: number
  readonly seed: number
  /** Requests that are spent to make one finding smaller. */
  readonly maxShrinks: number
  /** Faults that are known already: by their keys. It is added to. */
  readonly known: Set<string>
  /** Null when no request may be sent any more. */
  attempt(input: Input): Promise<Trial<Sent> | null>
}

export interface Exploration<Sent> {
  readonly found: readonly Found<Sent>[]
  /** Why it ended before its runs were done; null if it did not. */
  readonly obstacle: string | null
}

/**
 * Tries inputs until all runs are done. Each fault that is not known yet is made smaller by fast-check: only inputs that show the same fault
 * count. Then the search goes on for others.
 */
export async function explore<Input, Sent>(options: ExploreOptions<Input, Sent>): Promise<Exploration<Sent>> {
  const found: Found<Sent>[] = []
  let remaining = options.runs
  for (let round = 0; remaining > 0; round++) {
    const search = new Search(options)
    const seed = round === 0 ? options.seed : seedOf(options.seed, round)
    const obstacle = await search.run(seed, remaining)
    for (const one of search.found) {
      options.known.add(one.verdict.key)
      found.push(one)
    }
    if (search.found.length === 0 || search.isOver) return { found, obstacle }
    if (obstacle !== null) return { found, obstacle: null }
    remaining -= search.runs
  }
  return { found, obstacle: null }
}

/** One pass of fast-check: to the first fault, and down to its smallest input. */
class Search<Input, Sent> {
  readonly #options: ExploreOptions<Input, Sent>
  readonly #found = new Map<string, Found<Sent>>()
  /** The fault that is made smaller. */
  #pinned: string | null = null
  #shrinks = 0
  #runs = 0
  #isOver = false
  #failure: { readonly error: unknown } | null = null

  constructor(options: ExploreOptions<Input, Sent>) {
    this.#options = options
  }

  get found(): Found<Sent>[] {
    return [...this.#found.values()]
  }

  get runs(): number {
    return Math.max(1, this.#runs)
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** @returns why not all runs could be made */
  async run(seed: number, runs: number): Promise<string | null> {
    const property = fc.asyncProperty(this.#options.inputs, (input) => this.#passes(input))
    try {
      await fc.check(property, { seed, numRuns: runs })
      if (this.#failure !== null) throw this.#failure.error
      return null
    } catch (error) {
      if (error instanceof Unsatisfiable) return error.message
      throw error
    }
  }

  async #passes(input: Input): Promise<boolean> {
    if (this.#isOver) return true
    if (this.#pinned === null) this.#runs++
    else if (++this.#shrinks > this.#options.maxShrinks) return true
    const trial = await this.#attempt(input)
    if (trial === null) {
      this.#isOver = true
      return true
    }
    return this.#pinned === null ? this.#isClean(trial) : !this.#isPinned(trial, this.#pinned)
  }

  /** What is thrown here is no fault of the target: fast-check must not take it for one. */
  async #attempt(input: Input): Promise<Trial<Sent> | null> {
    try {
      return await this.#options.attempt(input)
    } catch (error) {
      this.#failure = { error }
      return null
    }
  }

  #isClean({ sent, verdicts }: Trial<Sent>): boolean {
    const fresh = verdicts.filter(({ key }) => !this.#options.known.has(key))
    for (const verdict of fresh) this.#found.set(verdict.key, { verdict, sent })
    this.#pinned = fresh[0]?.key ?? null
    return fresh.length === 0
  }

  #isPinned({ sent, verdicts }: Trial<Sent>, pinned: string): boolean {
    const verdict = verdicts.find(({ key }) => key === pinned)
    if (verdict) this.#found.set(pinned, { verdict, sent })
    return verdict !== undefined
  }
}
