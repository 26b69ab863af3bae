import type { Responses } from '../types/contract.js'
import { compileAnswer, eitherAnswer, type Answer, type AnswerMode } from './answer.js'

/** The answers of a contract by status, or those of several contracts in one. Does not change. */
export class Answers {
  readonly mode: AnswerMode
  /**
   * Whether a status that is not declared is a mistake. Not where nothing but errors is declared, as of a middleware that says with what it
   * refuses: then somebody else says what success is, or nobody does.
   */
  readonly isWhole: boolean
  readonly #byKey: ReadonlyMap<string, Answer>
  readonly #merged = new WeakMap<Answers, Answers>()

  constructor(mode: AnswerMode, byKey: ReadonlyMap<string, Answer>) {
    this.mode = mode
    this.isWhole = [...byKey.keys()].some((key) => key === 'default' || /^[123]/u.test(key))
    this.#byKey = byKey
  }

  /** `200`, `'2XX'`, `'default'`. */
  get declared(): string[] {
    return [...this.#byKey.keys()].toSorted()
  }

  /** By the status itself, its hundred, or `default`. */
  find(status: number): Answer | undefined {
    const byKey = this.#byKey
    return byKey.get(String(status)) ?? byKey.get(`${Math.floor(status / 100)}XX`) ?? byKey.get('default')
  }

  /**
   * These over those of a contract that stood before in the chain; an error that both declare may be what either says. Made once for
   * each pair, and kept as long as both.
   */
  over(earlier: Answers | null): Answers {
    if (earlier === null) return this
    let merged = this.#merged.get(earlier)
    if (merged === undefined) {
      const byKey = new Map([...earlier.#byKey, ...this.#byKey])
      for (const [key, answer] of this.#byKey) {
        const before = earlier.#byKey.get(key)
        if (before !== undefined && /^[45]/u.test(key)) byKey.set(key, eitherAnswer(answer, before))
      }
      merged = new Answers(this.mode, byKey)
      this.#merged.set(earlier, merged)
    }
    return merged
  }
}

export function compileAnswers(responses: Responses, mode: AnswerMode): Answers {
  const byKey = new Map<string, Answer>()
  for (const [status, declared] of Object.entries(responses)) {
    if (declared !== undefined) byKey.set(status, compileAnswer(declared, mode))
  }
  return new Answers(mode, byKey)
}
