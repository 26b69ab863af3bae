/* Runs for each request whose contract names `params`. */
import { jsonSchemaOf } from '../schemas/json-schema-of.js'
import { compileSchema } from '../schemas/run-schema.js'
import type { ValidateOptions } from '../types/options.js'
import type { Schema } from '../types/schema.js'
import type { Part } from './part.js'
import { compilePick } from './pick.js'
import type { Kept } from './kept.js'
import { type InputRequest, over, together } from './request.js'
import { allNamedKeys, compileShapes } from './shapes.js'

/** `req.params`: the schema gets the ones that it names, and the others stay as they are. */
export function compileParams(schema: Schema, { coerce = true }: ValidateOptions): Part {
  const run = compileSchema(schema)
  const jsonSchema = jsonSchemaOf(schema, 'input')
  const pick = compilePick(jsonSchema, coerce)
  const named = allNamedKeys(compileShapes(jsonSchema))
  return {
    place: 'params',
    check: (req, kept) => run(pick(paramsOf(req, kept))),
    origin: (_req, { params }) => ({ sent: params.raw, schema }),
    keep(req, value, { params }, valid) {
      const sent = params.raw as Record<string, unknown>
      req.params = params.put(over(sent, value as Record<string, unknown>), named) as Record<string, unknown>
      valid.params = together(valid.params, value, sent, named)
    },
  }
}

function paramsOf(req: InputRequest, { params }: Kept): Record<string, unknown> {
  return params.take(req.params) as Record<string, unknown>
}
