import { inspect } from 'node:util'
import { firstLine } from './mask.js'

/**
 * Values that handlers see, as one line of text each: prototypes that matter (null or not), order of keys, `undefined`
 * against absent, bytes. Errors by what an application can rely on, without their stack.
 */

const errorFields = [
  'status',
  'statusCode',
  'expose',
  'type',
  'limit',
  'length',
  'expected',
  'received',
  'charset',
  'encoding',
  'types',
  'body',
  'headers',
] as const

export function describe(value: unknown): string {
  if (value instanceof Error) return describeError(value)
  return inspect(value, {
    depth: 8,
    breakLength: Number.POSITIVE_INFINITY,
    compact: true,
    maxStringLength: 400,
  })
}

/** What a call gives or throws. */
export function attempt(call: () => unknown): unknown {
  try {
    return { returned: call() }
  } catch (error) {
    return new Thrown(error)
  }
}

/** What V8 says of `undefined.x` names our variables: only that it was said can be compared. */
const engineMessage =
  / is not a function|^Cannot read propert| is not iterable|^Cannot destructure| is not a constructor/

class Thrown {
  readonly #error: unknown

  constructor(error: unknown) {
    this.#error = error
  }

  [inspect.custom](): string {
    const error = this.#error
    if (error instanceof TypeError && engineMessage.test(error.message))
      return 'threw a TypeError of the engine'
    return `threw ${describe(error)}`
  }
}

/** The code of a system or stream error counts; a code of our own is an addition that Express has no word for. */
function describeError(error: Error): string {
  const given = error as Error & Record<string, unknown>
  const fields = errorFields.filter((name) => given[name] !== undefined)
  const facts = fields.map((name) => `${name}: ${describe(given[name])}`)
  if (typeof given['code'] === 'string' && given['code'].startsWith('E')) facts.push(`code: ${given['code']}`)
  return `${error.name}: ${firstLine(error.message)}${facts.length === 0 ? '' : ` { ${facts.join(', ')} }`}`
}
