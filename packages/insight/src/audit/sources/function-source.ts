import type { AnyHandler } from '../../types/stack.js'

/** What the text of a function says, as far as it has one. */
export interface FunctionSource {
  readonly text: string
  /** The parameters as they are written: `req`, `{ body }`, `...all`, `next = done`. */
  readonly parameters: readonly string[]
}

const sources = new WeakMap<AnyHandler, FunctionSource | null>()

/** Null for what shows no text (bound, native, a Proxy) and for what can't be read. */
export function sourceOf(handler: AnyHandler | null): FunctionSource | null {
  if (typeof handler !== 'function') return null
  const known = sources.get(handler)
  if (known !== undefined) return known
  const source = readSource(handler)
  sources.set(handler, source)
  return source
}

/** The name of a parameter; null when it is none, but a pattern, or gathers the rest. */
export function parameterName(source: FunctionSource, index: number): string | null {
  return /^([A-Za-z_$][\w$]*)(?:\s*=[^=]|$)/u.exec(source.parameters[index] ?? '')?.[1] ?? null
}

/** Nobody writes longer ones; what bundles a whole program into one function is not searched. */
const MOST_TEXT = 50_000

function readSource(handler: AnyHandler): FunctionSource | null {
  const text = Function.prototype.toString.call(handler)
  if (text.length > MOST_TEXT) return null
  if (/\{\s*\[native code\]\s*\}\s*$/u.test(text) || /^class\b/u.test(text)) return null
  const single = /^(?:async\s+)?([A-Za-z_$][\w$]*)\s*=>/u.exec(text)
  if (single) return { text, parameters: [single[1] as string] }
  const start = text.indexOf('(')
  const parameters = start < 0 ? null : readParameters(text, start + 1)
  return parameters && { text, parameters }
}

/** Splits at the commas that stand in no bracket; null when the list does not end. */
function readParameters(text: string, start: number): string[] | null {
  const parameters: string[] = []
  let depth = 0
  let from = start
  for (let at = start; at < text.length; at++) {
    const character = text[at] as string
    if (depth === 0 && (character === ',' || character === ')')) {
      parameters.push(withoutComments(text.slice(from, at)))
      from = at + 1
      if (character === ')') return parameters.filter((parameter) => parameter !== '')
    } else if ('([{'.includes(character)) depth++
    else if (')]}'.includes(character)) depth--
  }
  return null
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/gu, '').trim()
}
