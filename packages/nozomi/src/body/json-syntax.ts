import { isError } from '../errors/is-error.js'

const FIRST_CHARACTER = /[^\x20\t\n\r]/

const PLACEHOLDER = '#'

/**
 * Checks that a JSON text can only be an object or an array.
 *
 * @throws SyntaxError as JSON.parse would throw it if primitives were not allowed at the top.
 */
export function assertObjectOrArray(text: string): void {
  const index = text.search(FIRST_CHARACTER)
  if (index === -1 || (text[index] !== '{' && text[index] !== '[')) throw unexpectedPrimitive(text, index)
}

/**
 * Parity: the message is the engine's own for a bad character in this place, whatever the version of the engine.
 * So such a text is parsed, with placeholders that are in no JSON, and they are replaced in the message.
 */
function unexpectedPrimitive(text: string, index: number): unknown {
  const bad = index === -1 ? '' : text.slice(0, index) + PLACEHOLDER.repeat(text.length - index)
  const restore = (quoted: string) => quoted.replace(/#+/g, (run) => text.slice(index, index + run.length))
  try {
    return JSON.parse(bad)
  } catch (error) {
    const { message, stack } = error as SyntaxError
    const restored = new SyntaxError(restore(message))
    // The stack repeats the message, and stands for where the text was parsed.
    restored.stack = stack?.replace(message, () => restored.message)
    return restored
  }
}

/** Parity: what a reviver threw keeps its message and stack only, so that it cannot choose a status. */
export function withoutFields(error: unknown): unknown {
  if (!isError(error)) return error
  for (const key of Object.getOwnPropertyNames(error)) {
    if (key !== 'message' && key !== 'stack') Reflect.deleteProperty(error, key)
  }
  return error
}
