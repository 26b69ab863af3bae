/* Runs for each request whose contract names `query`. */
import { jsonSchemaOf } from '../schemas/json-schema-of.js'
import type { ValidateOptions } from '../types/options.js'
import type { Schema } from '../types/schema.js'
import { compileCoercion } from './coercion.js'
import { type Part, runGuarded } from './part.js'
import { compileRun } from './prepare.js'
import { type InputRequest, keptOf, together, validOf } from './request.js'
import { allNamedKeys, compileShapes } from './shapes.js'

/** `req.query`, as the setting `query parser` makes it. */
export function compileQuery(schema: Schema, options: ValidateOptions): Part {
  const run = compileRun(schema, options.unknown ?? 'schema')
  const jsonSchema = jsonSchemaOf(schema, 'input')
  const coerce = options.coerce === false ? null : compileCoercion(jsonSchema)
  const named = allNamedKeys(compileShapes(jsonSchema))
  const runCoerced = coerce === null ? run : (value: unknown) => run(coerce(value))
  return {
    place: 'query',
    // Perf: read once. Express 5 parses the query each time that it is asked for.
    check: (req) => runGuarded(keptOf(req).query.take(req.query), runCoerced),
    origin: (req) => ({ sent: keptOf(req).query.raw, schema }),
    keep(req, value) {
      const { query } = keptOf(req)
      replaceQuery(req, query.put(value, named))
      const valid = validOf(req)
      valid.query = together(valid.query, value, query.raw, named)
    },
  }
}

/** Whether an assignment to `query` takes effect, by the prototype of the request: each application has one. */
const takesAssignment = new WeakMap<object, boolean>()

/** Parity: Express 5 has a getter and no setter; there the request gets a member of its own. */
function replaceQuery(req: InputRequest, query: unknown): void {
  const prototype = Object.getPrototypeOf(req) as object
  let isAssignable = takesAssignment.get(prototype)
  if (isAssignable === undefined) {
    isAssignable = hasSetter(prototype)
    takesAssignment.set(prototype, isAssignable)
  }
  if (isAssignable) req.query = query
  else
    Object.defineProperty(req, 'query', {
      value: query,
      writable: true,
      enumerable: true,
      configurable: true,
    })
}

function hasSetter(prototype: object): boolean {
  for (let at: object | null = prototype; at !== null; at = Object.getPrototypeOf(at)) {
    const descriptor = Object.getOwnPropertyDescriptor(at, 'query')
    if (descriptor !== undefined) return descriptor.set !== undefined || descriptor.writable === true
  }
  return true
}
