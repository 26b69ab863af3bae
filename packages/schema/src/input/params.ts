/* Runs for each request whose contract names `params`. */
import { jsonSchemaOf } from '../schemas/json-schema-of.js'
import { compileSchema } from '../schemas/run-schema.js'
import type { ValidateOptions } from '../types/options.js'
import type { Schema } from '../types/schema.js'
import type { Part } from './part.js'
import { compilePick } from './pick.js'
import { over, together, validOf } from './request.js'

/** `req.params`: the schema gets the ones that it names, and the others stay as they are. */
export function compileParams(schema: Schema, { coerce = true }: ValidateOptions): Part {
  const run = compileSchema(schema)
  const pick = compilePick(jsonSchemaOf(schema, 'input'), coerce)
  return {
    place: 'params',
    check: (req) => run(pick(req.params)),
    origin: (req) => ({ sent: req.params, schema }),
    keep(req, value) {
      req.params = over(req.params, value as Record<string, unknown>)
      const valid = validOf(req)
      valid.params = together(valid.params, value)
    },
  }
}
