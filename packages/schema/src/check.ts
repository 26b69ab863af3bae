import { assertCheck } from './registration/assert-options.js'
import { compileValueCheck, type ValueCheck } from './input/check-value.js'
import { completeIssues } from './input/issue-details.js'
import { ValidationError } from './problems/validation-error.js'
import type { Result } from './schemas/run-schema.js'
import type { CheckOptions } from './types/options.js'
import type { OutputOf, Schema } from './types/schema.js'

/**
 * Holds a value to a schema as `validate()` does with a part of a request: the messages of a socket, the variables of a GraphQL
 * query, the row of an import. Keys that could change a prototype are refused, and all that is wrong is told at once.
 *
 * It gives what the schema makes of the value; a promise of that where the schema is asynchronous. What is known of a schema is worked out at its
 * first check.
 *
 * @param options where the value is from, and what `validate()` can be told of that
 * @throws ValidationError `NOZOMI_SCHEMA_INVALID`, also as a rejection; what the schema itself throws; ContractError
 * `NOZOMI_SCHEMA_CONTRACT` for what is no schema, or no option
 * @example
 * socket.on('message', (text) => {
 *   const { room, words } = check(ChatMessage, JSON.parse(text))
 * })
 */
export function check<S extends Schema>(
  schema: S,
  value: unknown,
  options: CheckOptions = {},
): OutputOf<S> | Promise<OutputOf<S>> {
  const result = checkOf(schema, options)(value)
  const settle = (done: Result): OutputOf<S> => {
    if (done.issues === undefined) return done.value as OutputOf<S>
    const place = options.in ?? 'body'
    throw new ValidationError(
      completeIssues(done.issues, place, { sent: value, schema }),
      options.status ?? 400,
    )
  }
  return result instanceof Promise ? result.then(settle) : settle(result)
}

/** Bounded: by the schemas that there are, and by the few ways to ask for them. */
const checks = new WeakMap<Schema, Map<string, ValueCheck>>()

function checkOf(schema: Schema, options: CheckOptions): ValueCheck {
  const { in: place = 'body', coerce = TEXTS.has(place), unknown = 'schema' } = options
  const way = `${coerce} ${unknown} ${place} ${options.status}`
  const known = checks.get(schema)?.get(way)
  if (known !== undefined && hasKnownNames(options)) return known
  assertCheck('check()', schema, options)
  const compiled = compileValueCheck(schema, {
    coerce,
    unknown,
    lists: place === 'headers' ? 'commas' : null,
  })
  const ways = checks.get(schema) ?? new Map<string, ValueCheck>()
  checks.set(schema, ways.set(way, compiled))
  return compiled
}

const NAMES: ReadonlySet<string> = new Set([
  'in',
  'unknown',
  'coerce',
  'status',
] satisfies (keyof CheckOptions)[])

/** An option that there is not is told at each check. */
function hasKnownNames(options: CheckOptions): boolean {
  for (const name in options) if (!NAMES.has(name)) return false
  return true
}

/** The places that can carry only texts. */
const TEXTS: ReadonlySet<string> = new Set(['params', 'query', 'headers', 'cookies'])
