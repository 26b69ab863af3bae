/* Runs for each request whose contract names `headers`. */
import { jsonSchemaOf } from '../schemas/json-schema-of.js'
import { compileSchema } from '../schemas/run-schema.js'
import type { ValidateOptions } from '../types/options.js'
import type { Schema } from '../types/schema.js'
import type { Part } from './part.js'
import { compilePick } from './pick.js'
import { together } from './request.js'
import { allNamedKeys, compileShapes } from './shapes.js'

/** `req.headers`, whose names node writes in lower case. They are never changed: what was parsed is in `req.valid.headers` only. */
export function compileHeaders(schema: Schema, { coerce = true }: ValidateOptions): Part {
  const run = compileSchema(schema)
  const jsonSchema = jsonSchemaOf(schema, 'input')
  const pick = compilePick(jsonSchema, coerce, 'commas')
  const named = allNamedKeys(compileShapes(jsonSchema))
  return {
    place: 'headers',
    check: (req) => run(pick(req.headers)),
    origin: (req) => ({ sent: req.headers, schema }),
    keep(req, value, _kept, valid) {
      valid.headers = together(valid.headers, value, req.headers, named)
    },
  }
}
