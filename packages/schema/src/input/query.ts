/* Runs for each request whose contract names `query`. */
import { jsonSchemaOf } from '../schemas/json-schema-of.js'
import { compileStrangers } from '../schemas/strangers.js'
import type { JsonSchema } from '../types/json-schema.js'
import type { ValidateOptions } from '../types/options.js'
import type { Schema } from '../types/schema.js'
import { type Coerce, compileCoercion } from './coercion.js'
import { compileNestedHint } from './nested-query.js'
import type { Kept } from './kept.js'
import { type Part, runGuarded } from './part.js'
import { compileNamedPick } from './pick.js'
import { compileRun } from './prepare.js'
import { takesQuery } from './request-class.js'
import { type InputRequest, isRecord, together } from './request.js'
import { allNamedKeys, compileShapes } from './shapes.js'

/** `req.query`, as the setting `query parser` makes it. */
export function compileQuery(schema: Schema, options: ValidateOptions): Part {
  const run = compileRun(schema, options.unknown ?? 'schema')
  const jsonSchema = jsonSchemaOf(schema, 'input')
  const prepare = compilePreparation(schema, jsonSchema, options)
  const named = allNamedKeys(compileShapes(jsonSchema))
  const hint = compileNestedHint(jsonSchema)
  const runPrepared = prepare === null ? run : (value: unknown) => run(prepare(value))
  return {
    place: 'query',
    // Perf: read once. Express 5 parses the query each time that it is asked for.
    check(req, { query }) {
      const sent = query.take(req.query)
      if (hint !== null) hint(sent)
      return runGuarded(sent, runPrepared)
    },
    origin: (_req, { query }) => ({ sent: query.raw, schema }),
    keep(req, value, kept, valid) {
      const { query } = kept
      replaceQuery(req, query.put(value, named), kept)
      valid.query = together(valid.query, value, query.raw, named)
    },
  }
}

/** What is done with a query before its schema sees it; null for nothing. */
function compilePreparation(
  schema: Schema,
  jsonSchema: JsonSchema | null,
  { coerce: coerces = true, unknown = 'schema' }: ValidateOptions,
): Coerce | null {
  const coerce = coerces ? compileCoercion(jsonSchema) : null
  const pick = unknown === 'schema' || unknown === 'strip' ? compileNamedPick(jsonSchema, coerces) : null
  if (coerce === null || pick === null) return coerce
  const strangersOf = compileStrangers(schema)
  // Perf: to copy what a query has in a dictionary takes twice as long as to take out what the schema names; the rest it would drop.
  return (query) => (isRecord(query) && strangersOf() === 'dropped' ? pick(query) : coerce(query))
}

/** Parity: Express 5 has a getter and no setter; there the request gets a member of its own. */
function replaceQuery(req: InputRequest, query: unknown, { isBeside }: Kept): void {
  // Perf: what is kept beside a request is so because its query can't be assigned.
  if (!isBeside && takesQuery(req)) req.query = query
  else
    Object.defineProperty(req, 'query', {
      value: query,
      writable: true,
      enumerable: true,
      configurable: true,
    })
}
