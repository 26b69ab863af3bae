import { type Context, createContext, Script } from 'node:vm'

/** Milliseconds of the clock, after which a pattern is ended. */
const LIMIT_MS = 100
/** Milliseconds of CPU: many times more than a pattern takes that is meant well. */
const SLOW_CPU_MS = 10
/** Texts up to here are held against any pattern as they are, and those up to the other against one that has few ways to read them. */
const SHORT_TEXT = 10
const USUAL_TEXT = 200
/** Texts whose answers are kept, of each pattern: fuzzing asks for the same again and again. */
const MOST_KEPT = 1000

/** A text was not held against a pattern of the document: that takes too long. */
export class SlowPatternError extends Error {
  override readonly name = 'SlowPatternError'
}

/** A pattern, and the shortest text that it took too long for. */
export interface SlowPattern {
  readonly pattern: string
  /** In UTF-16 code units. */
  readonly length: number
}

/** `test()` from within, which is what node can end from without. */
const CALL = new Script('test()')

/**
 * The patterns of a document that somebody else wrote. `^(a+)+$` wants 2^n steps to refuse n letters and one more sign, in which nothing
 * else of the process runs: such a test is ended, and texts as long as that one are not held against the pattern again.
 */
export class SlowPatterns {
  readonly #context = Object.assign(createContext(), { test: null })
  readonly #byText = new Map<string, TimedPattern>()

  /** Makes the patterns of Ajv (`code.regExp`). Their `test()` throws a `SlowPatternError`. */
  readonly compile = Object.assign(
    (pattern: string, flags: string): TimedPattern => {
      const key = `${flags} ${pattern}`
      const made = this.#byText.get(key) ?? new TimedPattern(new RegExp(pattern, flags), this.#context)
      this.#byText.set(key, made)
      return made
    },
    { code: 'new RegExp' },
  )

  /** What took too long so far. */
  get found(): SlowPattern[] {
    return [...this.#byText.values()].flatMap(({ pattern, shortestSlow: length }) =>
      length === Infinity ? [] : [{ pattern, length }],
    )
  }
}

class TimedPattern {
  readonly #expression: RegExp
  readonly #context: Context
  readonly #hasFewWays: boolean
  readonly #kept = new Map<string, boolean>()
  #shortestSlow = Infinity

  constructor(expression: RegExp, context: Context) {
    this.#expression = expression
    this.#context = context
    this.#hasFewWays = hasFewWays(expression.source)
  }

  get pattern(): string {
    return this.#expression.source
  }

  get shortestSlow(): number {
    return this.#shortestSlow
  }

  toString(): string {
    return String(this.#expression)
  }

  test(text: string): boolean {
    if (text.length <= (this.#hasFewWays ? USUAL_TEXT : SHORT_TEXT)) return this.#expression.test(text)
    const known = this.#kept.get(text)
    if (known !== undefined) return known
    if (text.length >= this.#shortestSlow) throw slowPatternError(this.pattern, text.length)
    const fits = this.#timed(text)
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear()
    if (text.length <= USUAL_TEXT) this.#kept.set(text, fits)
    return fits
  }

  /** Perf: the clock costs 0.1 ms. What took long is counted in CPU, for the machine may have been busy with something else. */
  #timed(text: string): boolean {
    const before = process.cpuUsage()
    this.#context['test'] = () => this.#expression.test(text)
    try {
      return CALL.runInContext(this.#context, { timeout: LIMIT_MS }) as boolean
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
      throw slowPatternError(this.pattern, text.length)
    } finally {
      this.#context['test'] = null
      if (process.cpuUsage(before).user > SLOW_CPU_MS * 1000) this.#shortestSlow = text.length
    }
  }
}

/** Whether a pattern can't have more ways to read a text than there are signs in it, to the power of 4. */
function hasFewWays(pattern: string): boolean {
  const hasRepeatedGroup = /\)[*+{]/u.test(pattern)
  const choices = pattern.match(/[*+?|]|\{\d+,/gu) ?? []
  return !hasRepeatedGroup && choices.length <= 3
}

function slowPatternError(pattern: string, length: number): SlowPatternError {
  return new SlowPatternError(`The pattern ${pattern} takes too long for a text of ${length} characters`)
}

/** What was found out, or undefined where a pattern takes too long. */
export function ifInTime<T>(check: () => T): T | undefined {
  try {
    return check()
  } catch (error) {
    if (error instanceof SlowPatternError) return undefined
    throw error
  }
}
