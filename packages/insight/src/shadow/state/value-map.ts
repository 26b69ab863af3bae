import { jsonDifferences } from '../compare/json-differences.js'
import { fieldValue, fieldValues, parseSetCookie } from '../compare/field-values.js'
import type { RawFields } from '../../types/shadow.js'

/*
 * Values that one side gave otherwise than the answer that the client saw (ids, tokens): where the traffic repeats what the
 * client saw, the side gets its own.
 */

/** An answer, as far as values are looked for in it. */
export interface ValueSource {
  readonly fields: RawFields
  readonly body: Buffer | null
}

/** Values that are remembered; the oldest go first. */
const KEPT = 5000
/** Below this, text is no id: `a` stands everywhere. Numbers may be shorter. */
const SHORTEST = 4
const LONGEST = 4096

/** For one side: from what the client saw, to what this side gave in its place. */
export class ValueMap {
  readonly #own = new Map<string, string>()

  /** @param seen the answer that the client got; @param own what this side answered to the same */
  learn(seen: ValueSource, own: ValueSource): void {
    this.#learnBodies(seen, own)
    this.#learnWords(fieldValue(seen.fields, 'location'), fieldValue(own.fields, 'location'))
    const [cookies, others] = [seen, own].map(({ fields }) =>
      fieldValues(fields, 'set-cookie').map(parseSetCookie),
    )
    for (const cookie of cookies ?? []) {
      const counterpart = others?.find(({ name }) => name === cookie.name)
      if (counterpart) this.#add(cookie.value, counterpart.value)
    }
  }

  /** The text with this side's values in place of those that the client saw. */
  apply(text: string): string {
    let result = text
    for (const [seen, own] of this.#own) {
      if (result.includes(seen)) result = result.replaceAll(wholeWord(seen), () => own)
    }
    return result
  }

  get isEmpty(): boolean {
    return this.#own.size === 0
  }

  #learnBodies(seen: ValueSource, own: ValueSource): void {
    if (seen.body === null || own.body === null) return
    const [one, other] = [seen.body, own.body].map(parse)
    if (one === undefined || other === undefined) return
    for (const difference of jsonDifferences(one, other)) {
      if (isScalar(difference.one) && isScalar(difference.other)) {
        this.#add(String(difference.one), String(difference.other))
      }
    }
  }

  #learnWords(seen: string | undefined, own: string | undefined): void {
    const [words, others] = [seen, own].map((text) => text?.split(/[/?&=#]/) ?? []) as [string[], string[]]
    if (words.length !== others.length) return
    for (const [at, word] of words.entries()) this.#add(word, others[at] as string)
  }

  #add(seen: string, own: string): void {
    const isId = /^\d+$/.test(seen) || seen.length >= SHORTEST
    if (seen === own || !isId || seen.length > LONGEST) return
    this.#own.delete(seen)
    this.#own.set(seen, own)
    const [oldest] = this.#own.keys()
    if (this.#own.size > KEPT && oldest !== undefined) this.#own.delete(oldest)
  }
}

/** Not within a longer word: the id 7 is not in 17. */
function wholeWord(text: string): RegExp {
  const escaped = text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`(?<![A-Za-z0-9])${escaped}(?![A-Za-z0-9])`, 'g')
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

function isScalar(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}
