/*
 * Keys of a JSON body that could change an object's prototype.
 *
 * Security: `JSON.parse` makes `__proto__` an ordinary property. Whoever copies the properties of the body one by
 * one (`target[key] = body[key]`, a deep merge) then sets the prototype of the copy, or through
 * `constructor.prototype` that of every object. Express hands such bodies to the application.
 */

/** What is done with such keys: refuse the body with 400, leave them out, or keep them as Express does. */
export type ProtoKeys = 'refuse' | 'drop' | 'keep'

export type Reviver = (this: unknown, key: string, value: unknown, ...context: unknown[]) => unknown

/** What the text of a body tells of such keys. */
export type TextTells =
  /** There may be some: the parsed body has to be searched. */
  | 'may hold some'
  /** There are none. */
  | 'holds none'
  /**
   * There are none, and nowhere is a key `__proto__`, `constructor` or `prototype`, whatever is in it. Told only where
   * that is asked, of long texts.
   */
  | 'names none'

/**
 * What the text tells of such keys.
 *
 * Perf: searches of the text, where looking at each key of the parsed body costs as much as parsing it. Searched for is
 * the rare end of a name, with its quote: V8 looks for the first character fast, and `c` is everywhere (at most a
 * quarter of the time of `constructor`, in texts of 1 MB; json-post-1m of bench/run.mjs). `p` of `protot` is less so; a
 * longer word would be searched in a slower way. The answer may be that there may be some for a text that only mentions
 * the names.
 *
 * @param isNoneAsked whether anybody wants to know of texts that name none, which takes a search more
 */
export function readNames(text: string, isNoneAsked: boolean): TextTells {
  if (text.includes('__proto__"')) return 'may hold some'
  const hasConstructor = text.includes('uctor"') && text.includes('constructor"')
  if (hasConstructor && text.includes('prototype"')) return 'may hold some'
  const isEscaped = text.includes('\\u')
  if (isEscaped && ESCAPED_NAME.test(text)) return 'may hold some'
  if (!isNoneAsked || hasConstructor || text.length < LONG_TEXT) return 'holds none'
  return text.includes('protot') || (isEscaped && ESCAPED_LETTER.test(text)) ? 'holds none' : 'names none'
}

/** In characters. Perf: to walk the body of a shorter one is cheaper than to note what is known of it. */
const LONG_TEXT = 2048

/** A letter or an underscore as an escape, which nobody needs. */
const ESCAPED_LETTER = /\\u00[4-7]/

/** The first key that could change a prototype, at whatever depth; null when there is none. */
export function findProtoKey(body: unknown): string | null {
  for (const object of objectsIn(body)) {
    if (Object.hasOwn(object, '__proto__')) return '__proto__'
    if (prototypeHolder(object)) return 'constructor.prototype'
  }
  return null
}

/** Takes all such keys out of a parsed body. */
export function dropProtoKeys(body: unknown): void {
  for (const object of objectsIn(body)) {
    Reflect.deleteProperty(object, '__proto__')
    const holder = prototypeHolder(object)
    if (holder) Reflect.deleteProperty(holder, 'prototype')
  }
}

/** The reviver, for a body of which such keys are dropped: it does not see `__proto__`, whose value is left out. */
export function droppingProtoKeys(reviver: Reviver): Reviver {
  return function revive(key, value, ...context) {
    if (key === '__proto__') return undefined
    if (key === 'constructor' && isObject(value)) Reflect.deleteProperty(value, 'prototype')
    return reviver.call(this, key, value, ...context)
  }
}

/** Each character as itself or as an escape; `i` is for the digits, and finds a little more than there is. */
const ESCAPED_NAME = new RegExp(`${spellings('__proto__')}|${spellings('constructor')}`, 'i')

function spellings(name: string): string {
  return Array.from(name, (char) => `(?:${char}|${escapeOf(char)})`).join('')
}

function escapeOf(char: string): string {
  return `\\\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** All objects and arrays of a parsed body. It is no recursion: a body may nest as deep as it is long. */
function* objectsIn(body: unknown): Generator<object> {
  const waiting = [body]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (!isObject(value)) continue
    yield value
    for (const child of Object.values(value)) if (isObject(child)) waiting.push(child)
  }
}

function prototypeHolder(object: object): object | null {
  if (!Object.hasOwn(object, 'constructor')) return null
  const { constructor } = object as { constructor: unknown }
  return isObject(constructor) && Object.hasOwn(constructor, 'prototype') ? constructor : null
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
