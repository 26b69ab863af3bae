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

/**
 * Whether the text can hold such a key at all.
 *
 * Perf: searches of the text, where looking at each key of the parsed body costs as much as parsing it. Searched for is
 * the rare end of a name, with its quote: V8 looks for the first character fast, and `c` is everywhere (at most a
 * quarter of the time of `constructor`, in texts of 1 MB; json-post-1m of bench/run.mjs). The answer may be yes for a text that only mentions
 * the names.
 */
export function mayHoldProtoKeys(text: string): boolean {
  if (text.includes('__proto__"')) return true
  if (text.includes('uctor"') && text.includes('constructor"') && text.includes('prototype"')) return true
  return text.includes('\\u') && ESCAPED_NAME.test(text)
}

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
