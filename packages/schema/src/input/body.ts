/* Runs for each request whose contract names a body. Watched by bench/validate.mjs. */
import { jsonSchemaOf } from '../schemas/json-schema-of.js'
import { schemaIssue } from '../schemas/naming/schema-issue.js'
import type { Result, RunSchema } from '../schemas/run-schema.js'
import { compileStrangers } from '../schemas/strangers.js'
import type { BodyByType, Contract } from '../types/contract.js'
import type { ValidateOptions } from '../types/options.js'
import type { Schema } from '../types/schema.js'
import { compileCoercion, compileMayChange } from './coercion.js'
import { hasBody, isForm, isOfType, mediaTypeOf } from './media-types.js'
import { wasHarmless } from './harmless-bodies.js'
import { type Part, runGuarded, runUnguarded } from './part.js'
import { compileRun } from './prepare.js'
import { type InputRequest, isRecord, together } from './request.js'
import { allNamedKeys, compileShapes } from './shapes.js'
import { refuseType, refuseUnparsed } from './unparsed.js'

/** A schema for bodies of some type. */
interface BodyRun {
  /** The type, or a range of types. */
  readonly range: string
  readonly schema: Schema
  readonly run: RunSchema
  /** With the texts of a form coerced. */
  readonly runForm: RunSchema
  /** Whether it could make a difference that a value came as a form. */
  readonly dependsOnForm: (value: unknown) => boolean
  readonly named: ReadonlySet<string>
  /** Whether nothing that the schema does not name can come through, nor be seen. */
  readonly isSealed: () => boolean
}

/** `req.body`, as a parser before left it. */
export function compileBody(contract: Contract, options: ValidateOptions): Part {
  const { body } = contract
  if (body === undefined || body === null) return NO_BODY
  return isOneSchema(body) ? compileOne(body, contract, options) : compileByType(body, options)
}

export function isOneSchema(body: Schema | BodyByType): body is Schema {
  return '~standard' in body
}

/**
 * Where no body is wanted. RFC 9110 §9.3.5: what a body means with DELETE nobody says; one that is sent asks for something that would
 * not be done.
 */
const NO_BODY: Part = {
  place: 'body',
  check(req) {
    return hasBody(req)
      ? { issues: [schemaIssue('not_allowed', [], 'No body is expected here')] }
      : { value: undefined }
  },
  origin: (req) => ({ sent: req.body, schema: null }),
  /** Middleware before may have made an empty object of nothing. */
  keep(req) {
    if (req.body !== undefined) req.body = undefined
  },
}

/** One schema for whatever was parsed. */
function compileOne(schema: Schema, contract: Contract, options: ValidateOptions): Part {
  const accepted = [contract.files === undefined ? 'application/json' : 'multipart/form-data']
  const one = compileBodyRun('*/*', schema, options)
  return bodyPart((req, value) => {
    if (value === undefined && hasBody(req)) refuseUnparsed(req, accepted)
    return one
  })
}

/** A schema for each type. */
function compileByType(body: BodyByType, options: ValidateOptions): Part {
  const runs = Object.entries(body).map(([range, schema]) =>
    compileBodyRun(range.toLowerCase(), schema, options),
  )
  // The narrower a range, the sooner it is asked.
  runs.sort((one, other) => stars(one.range) - stars(other.range))
  const accepted = runs.map(({ range }) => range)
  return bodyPart((req, value) => {
    const type = mediaTypeOf(req.headers['content-type'])
    const fits = runs.find(({ range }) => isOfType(type, range))
    if (fits !== undefined) {
      if (value === undefined && hasBody(req)) refuseUnparsed(req, accepted)
      return fits
    }
    if (value !== undefined || hasBody(req)) refuseType(req, accepted)
    // Without a body there is no type: whether one may be missing is for the first to say.
    return runs[0]!
  })
}

function stars(range: string): number {
  return range.split('*').length
}

function compileBodyRun(range: string, schema: Schema, options: ValidateOptions): BodyRun {
  const run = compileRun(schema, options.unknown ?? 'schema')
  const jsonSchema = jsonSchemaOf(schema, 'input')
  const coerce = options.coerce === false ? null : compileCoercion(jsonSchema)
  const runForm: RunSchema = coerce === null ? run : (value) => run(coerce(value))
  const strangersOf = compileStrangers(schema)
  return {
    range,
    schema,
    run,
    runForm,
    dependsOnForm: coerce === null ? () => false : compileMayChange(jsonSchema),
    named: allNamedKeys(compileShapes(jsonSchema)),
    isSealed: () => options.unknown !== 'keep' && strangersOf() !== 'met',
  }
}

function bodyPart(choose: (req: InputRequest, value: unknown) => BodyRun): Part {
  return {
    place: 'body',
    check(req, kept) {
      const value = kept.body.take(req.body)
      const { run, runForm, dependsOnForm, isSealed } = choose(req, value)
      if (isEmptied(req, value)) return runEmptied(value, run)
      if (dependsOnForm(value) && isFormRequest(req)) return runGuarded(value, runForm)
      // Security: in this order of reasons. A body that was changed since could bring nothing through a sealed schema.
      return wasHarmless(value) && isSealed() ? runUnguarded(value, run) : runGuarded(value, run)
    },
    origin(req, kept) {
      const sent = kept.body.raw
      return { sent, schema: choose(req, sent).schema }
    },
    keep(req, value, { body }, valid) {
      const { named } = choose(req, body.raw)
      req.body = body.put(value, named)
      valid.body = together(valid.body, value, body.raw, named)
    },
  }
}

/** Parity: of an empty body of JSON or of a form the parsers of Express make an empty object, although nothing came. */
function isEmptied(req: InputRequest, value: unknown): boolean {
  if (!isRecord(value)) return false
  for (const _key in value) return false
  // Perf: `headers` is a getter, which few bodies need here.
  return req.headers['content-length'] === '0'
}

/** Nothing, where the schema takes that; else what Express makes of it. */
function runEmptied(value: unknown, run: RunSchema): Result | Promise<Result> {
  const result = run(undefined)
  if (result instanceof Promise) return result.then((later) => (later.issues ? run(value) : later))
  return result.issues ? run(value) : result
}

function isFormRequest({ headers }: InputRequest): boolean {
  const type = headers['content-type']
  // Perf: nearly all bodies.
  return type !== 'application/json' && isForm(mediaTypeOf(type))
}
