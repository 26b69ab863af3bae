import { decode } from './form-text.js'
import { LONGEST_NAME, type RecentNames } from './recent-names.js'

/*
 * A nested form as programs send them, in one pass: fields of an object one after the other, elements of an array in
 * their order, repeated keys together.
 *
 *   user[name]=Ada&user[tags][]=a&user[tags][]=b&items[0][id]=7&items[1][id]=9
 *
 * Every key names a new place, in an object or at the end of an array, or is the one before it once more. Whatever is
 * not so plain, names that every object has among it, is left to the whole parser (query-tree.ts), which is also the
 * oracle of this one: nothing is decided here that could be decided in two ways.
 *
 * Request time: this runs for each urlencoded body and each extended query that has brackets. Perf: no pieces of keys
 * are cut out, what a key shares with the one before it is not read again, and nothing is built twice. A form of
 * eleven fields takes 2.0 µs in place of 4.2; one that is given up at its end, 15 % more (bench/micro/extended-query.mjs).
 */

export interface OrderlyLimits {
  readonly arrayLimit: number
  readonly depth: number
  /** Parameters after this number are ignored. */
  readonly parameterLimit: number
}

type Form = { [name: string]: FormValue }
type FormValue = string | Form | FormValue[]
type Holder = Form | FormValue[]

/** Where a parameter ends, when the form is not an orderly one. */
const NOT_ORDERLY = -1
const NO_INDEX = -1
/** The default depth of forms. What is deeper is rare. */
const MOST_BRACKETS = 32
/** Odd, to make a fingerprint of characters. */
const SPREAD = 31

/** No character. */
const END = -1
const AMPERSAND = 0x26
const DIGIT_0 = 0x30
const DIGIT_9 = 0x39
const EQUALS = 0x3d
const OPEN = 0x5b
const CLOSE = 0x5d
const PERCENT = 0x25
const PLUS = 0x2b

/** The form that the text says, or null when it isn't an orderly one. */
export function parseOrderlyForm(
  text: string,
  limits: OrderlyLimits,
  names: RecentNames,
): Record<string, unknown> | null {
  const form = new OrderlyForm(text, limits, names)
  let start = 0
  for (let count = 0; count < limits.parameterLimit && start < text.length; count++) {
    start = form.read(start)
    if (start === NOT_ORDERLY) return null
  }
  return form.root
}

class OrderlyForm {
  readonly root: Form = {}
  readonly #text: string
  readonly #names: RecentNames
  readonly #arrayLimit: number
  readonly #depth: number
  /** The place that the last key led to: a name in an object, or an index in an array. */
  #holder: Holder = this.root
  #name = ''
  #index = NO_INDEX
  /** Whether brackets with nothing in them follow: a list stands at the place. */
  #isList = false
  /** The last key, and how much of it comes before the last name in brackets; 0 when there is none. */
  #keyStart = 0
  #keyLength = 0
  #stemLength = 0
  /** How many brackets the last key has, and how many of them belong to its stem. */
  #brackets = 0
  #stemBrackets = 0

  constructor(text: string, { arrayLimit, depth }: OrderlyLimits, names: RecentNames) {
    this.#text = text
    this.#names = names
    this.#arrayLimit = arrayLimit
    this.#depth = Math.min(depth, MOST_BRACKETS)
  }

  /** Reads the parameter that starts here. Gives where the next one starts, or NOT_ORDERLY. */
  read(start: number): number {
    const text = this.#text
    const keyEnd = start + this.#keyLength
    if (this.#codeAt(keyEnd) === EQUALS && this.#comesAgain(start, this.#keyLength)) {
      return this.#readAnother(keyEnd)
    }
    if (text.charCodeAt(start) === AMPERSAND) return start + 1
    this.#isList = false
    let at: number
    if (this.#stemLength > 0 && this.#comesAgain(start, this.#stemLength)) {
      this.#brackets = this.#stemBrackets
      at = this.#readSegment(start + this.#stemLength)
      if (at !== NOT_ORDERLY && !takes(this.#holder, this.#index)) return NOT_ORDERLY
    } else at = this.#readFirstName(start)
    while (at !== NOT_ORDERLY && this.#codeAt(at) === OPEN) at = this.#descend(start, at + 1)
    return at === NOT_ORDERLY ? at : this.#readValue(start, at)
  }

  /** Perf: a form that makes V8 look behind the end of a text would make all forms after it take 15 % longer. */
  #codeAt(at: number): number {
    return at < this.#text.length ? this.#text.charCodeAt(at) : END
  }

  /** Whether what stands here is so much of the last key. */
  #comesAgain(start: number, length: number): boolean {
    const text = this.#text
    const last = this.#keyStart
    if (start + length > text.length) return false
    for (let i = 0; i < length; i++) {
      if (text.charCodeAt(start + i) !== text.charCodeAt(last + i)) return false
    }
    return length > 0
  }

  /** What comes before the brackets. Gives where it ends. */
  #readFirstName(start: number): number {
    const text = this.#text
    this.#holder = this.root
    this.#index = NO_INDEX
    this.#stemLength = 0
    this.#brackets = 0
    let fingerprint = 0
    let at = start
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === OPEN || code === EQUALS || code === AMPERSAND) break
      if (code === CLOSE || code === PERCENT || code === PLUS) return NOT_ORDERLY
      fingerprint = (Math.imul(fingerprint, SPREAD) + code) | 0
    }
    return this.#setName(start, at, fingerprint) ? at : NOT_ORDERLY
  }

  /** A name or an index in brackets, from behind the opening one. Gives where the closing one ends. */
  #readSegment(start: number): number {
    const text = this.#text
    let fingerprint = 0
    let index = 0
    let at = start
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === CLOSE) break
      if (code === OPEN || code === EQUALS || code === AMPERSAND) return NOT_ORDERLY
      if (code === PERCENT || code === PLUS) return NOT_ORDERLY
      // What is no digit makes it NaN, which it remains.
      index = code >= DIGIT_0 && code <= DIGIT_9 ? index * 10 + (code - DIGIT_0) : Number.NaN
      fingerprint = (Math.imul(fingerprint, SPREAD) + code) | 0
    }
    if (at === text.length || !this.#setName(start, at, fingerprint)) return NOT_ORDERLY
    const isIndex = index >= 0 && (at === start + 1 || text.charCodeAt(start) !== DIGIT_0)
    if (isIndex && index >= this.#arrayLimit) return NOT_ORDERLY
    this.#index = isIndex ? index : NO_INDEX
    return at + 1
  }

  #setName(start: number, end: number, fingerprint: number): boolean {
    if (start === end || end - start > LONGEST_NAME) return false
    this.#name = this.#names.nameAt(this.#text, start, end, fingerprint)
    return true
  }

  /** One bracket further, from behind the opening one. Gives where the closing one ends. */
  #descend(keyStart: number, start: number): number {
    this.#brackets++
    if (this.#isList || this.#brackets > this.#depth) return NOT_ORDERLY
    if (this.#codeAt(start) === CLOSE) {
      this.#isList = true
      return start + 1
    }
    const holder = this.#holder
    const name = this.#name
    const index = this.#index
    const end = this.#readSegment(start)
    if (end === NOT_ORDERLY) return end
    const child = childAt(holder, name, index, this.#index !== NO_INDEX)
    if (child === null) return NOT_ORDERLY
    this.#holder = child
    this.#stemLength = start - keyStart
    this.#stemBrackets = this.#brackets
    return end
  }

  /** From the end of the key. Gives where the next parameter starts. */
  #readValue(keyStart: number, keyEnd: number): number {
    let value: string | null = ''
    let end = keyEnd
    const code = this.#codeAt(keyEnd)
    if (code === EQUALS) {
      end = this.#endOf(keyEnd)
      value = this.#decode(keyEnd + 1, end)
    } else if (code !== END && code !== AMPERSAND) return NOT_ORDERLY
    if (value === null || (this.#isList && this.#arrayLimit < 1)) return NOT_ORDERLY
    if (!put(this.#holder, this.#name, this.#index, this.#isList ? [value] : value)) return NOT_ORDERLY
    this.#keyStart = keyStart
    this.#keyLength = keyEnd - keyStart
    return end + 1
  }

  /** One more value of the last key. */
  #readAnother(keyEnd: number): number {
    const end = this.#endOf(keyEnd)
    const value = this.#decode(keyEnd + 1, end)
    if (value === null) return NOT_ORDERLY
    const existing = valueAt(this.#holder, this.#name, this.#index)
    if (Array.isArray(existing)) {
      if (existing.length >= this.#arrayLimit) return NOT_ORDERLY
      existing.push(value)
    } else {
      if (existing === undefined || this.#arrayLimit < 2) return NOT_ORDERLY
      replace(this.#holder, this.#name, this.#index, [existing, value])
    }
    return end + 1
  }

  #endOf(keyEnd: number): number {
    const ampersand = this.#text.indexOf('&', keyEnd)
    return ampersand === -1 ? this.#text.length : ampersand
  }

  /** The value; null when a bracket in it could make it a part of the key. */
  #decode(start: number, end: number): string | null {
    const value = this.#text.slice(start, end)
    return this.#brackets === 0 && value.includes(']=') ? null : decode(value, 'utf-8')
  }
}

/** Whether such a place is one of the holder's: an index in an array, a name in an object. */
function takes(holder: Holder, index: number): boolean {
  return Array.isArray(holder) === (index !== NO_INDEX)
}

/** The array or the object at a place, put there if nothing is. Null when something else is. */
function childAt(holder: Holder, name: string, index: number, isArray: boolean): Holder | null {
  const child: Holder = isArray ? [] : {}
  if (put(holder, name, index, child)) return child
  // Security: a name that every object has leads to nothing of the form.
  const existing = Array.isArray(holder) || Object.hasOwn(holder, name) ? valueAt(holder, name, index) : null
  return typeof existing === 'object' && existing !== null && Array.isArray(existing) === isArray
    ? existing
    : null
}

/** Puts a value to a new place. Gives false when something is there already, or the elements before it are missing. */
function put(holder: Holder, name: string, index: number, value: FormValue): boolean {
  if (Array.isArray(holder)) {
    if (index !== holder.length) return false
    holder.push(value)
  } else {
    if (name in holder) return false
    holder[name] = value
  }
  return true
}

function valueAt(holder: Holder, name: string, index: number): FormValue | undefined {
  return Array.isArray(holder) ? holder[index] : holder[name]
}

function replace(holder: Holder, name: string, index: number, value: FormValue): void {
  if (Array.isArray(holder)) holder[index] = value
  else holder[name] = value
}
