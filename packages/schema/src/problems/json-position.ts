/*
 * Where a text stops being JSON. The engine's own message says it or not, in other words in each version, so the text is read
 * once more: one pass, by the grammar of RFC 8259, with the open lists and objects on a stack of our own. Only for texts that
 * `JSON.parse` has refused.
 */

/** Where a text stops being JSON. */
export interface JsonPosition {
  /** In UTF-16 units, from 0. */
  readonly position: number
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number
}

/** The place of the first character that no JSON text could have there; null when the text is JSON. */
export function findJsonError(text: string): JsonPosition | null {
  const position = new JsonReader(text).firstError()
  if (position === -1) return null
  const before = text.slice(0, position)
  const lastBreak = before.lastIndexOf('\n')
  return { position, line: before.split('\n').length, column: position - lastBreak }
}

/** What may come next. */
type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing'

/** Sticky, so that each matches only where the reader is. */
const SPACE = /[ \t\n\r]*/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y
// Characters below U+0020 have to be escaped.
// oxlint-disable-next-line no-control-regex
const CHARACTERS = /[^"\\\u0000-\u001f]+/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y

class JsonReader {
  readonly #text: string
  #at = 0
  #expected: Expected = 'value'
  readonly #open: ('[' | '{')[] = []

  constructor(text: string) {
    this.#text = text
  }

  /** -1 when there is none. */
  firstError(): number {
    for (;;) {
      this.#take(SPACE)
      if (this.#at >= this.#text.length) return this.#expected === 'nothing' ? -1 : this.#at
      if (!this.#step(this.#text[this.#at]!)) return this.#at
    }
  }

  /** Takes one token; false when it can't stand here. */
  #step(character: string): boolean {
    const expected = this.#expected
    if (character === ']' || character === '}') return this.#close(character)
    if (expected === 'nothing') return false
    if (expected === 'colon') return character === ':' && this.#after(1, 'value')
    if (expected === 'comma or end') {
      return character === ',' && this.#after(1, this.#open.at(-1) === '[' ? 'value' : 'key')
    }
    if (expected === 'key' || expected === 'key or end') return this.#string('colon')
    return this.#value(character)
  }

  #close(character: ']' | '}'): boolean {
    const isList = character === ']'
    if (this.#open.at(-1) !== (isList ? '[' : '{')) return false
    if (this.#expected !== 'comma or end' && this.#expected !== (isList ? 'value or end' : 'key or end'))
      return false
    this.#open.pop()
    return this.#after(1, this.#afterValue())
  }

  #value(character: string): boolean {
    if (character === '[' || character === '{') {
      this.#open.push(character)
      return this.#after(1, character === '[' ? 'value or end' : 'key or end')
    }
    if (character === '"') return this.#string(this.#afterValue())
    return (this.#take(NUMBER) || this.#take(WORD)) && this.#after(0, this.#afterValue())
  }

  #string(next: Expected): boolean {
    if (this.#text[this.#at] !== '"') return false
    this.#at += 1
    // Security: one expression for the whole string would run out of stack at some million characters.
    while (this.#take(CHARACTERS) || this.#take(ESCAPE));
    return this.#text[this.#at] === '"' && this.#after(1, next)
  }

  #afterValue(): Expected {
    return this.#open.length === 0 ? 'nothing' : 'comma or end'
  }

  #after(characters: number, expected: Expected): true {
    this.#at += characters
    this.#expected = expected
    return true
  }

  #take(token: RegExp): boolean {
    token.lastIndex = this.#at
    if (!token.test(this.#text) || token.lastIndex === this.#at) return false
    this.#at = token.lastIndex
    return true
  }
}
