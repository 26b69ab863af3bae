import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'
import type { JsonSchema } from '../types/json-schema.js'
import type { ApiDocument, LocatedSchema } from './document.js'
import type { SlowPatterns } from './slow-patterns.js'

/** Where in a value, as a JSON pointer (empty for the value itself), and what is wrong there. */
export interface ValueIssue {
  readonly path: string
  readonly message: string
}

/** Which way a value goes: what is `readOnly` need not come with requests, and what is `writeOnly` not with answers. */
export type Side = 'request' | 'response'

/** A schema of the document that can't be used: it refers to nothing, or has a pattern that is none. */
export class UnusableSchema extends Error {
  override readonly name = 'UnusableSchema'
}

const DOCUMENT = 'nozomi:document'
const MOST_ISSUES = 5

/** Holds values against the schemas of a document; each schema is compiled when it is first needed. */
export class SchemaChecks {
  readonly #values: Ajv2020
  readonly #texts: Ajv2020
  /** One for each schema of the document, at most. */
  readonly #compiled = new Map<string, ValidateFunction>()
  readonly #inline = new WeakMap<JsonSchema, (value: unknown) => boolean>()

  /** @param patterns ends those that take too long: checks throw a `SlowPatternError` then. Default: they take as long as they take. */
  constructor(document: ApiDocument | object, patterns: SlowPatterns | null = null) {
    this.#values = createAjv(document, false, patterns)
    this.#texts = createAjv(document, true, patterns)
  }

  /** What is wrong with a value that has its types, as one of JSON. */
  check(schema: LocatedSchema, value: unknown, side: Side): ValueIssue[] {
    const validate = this.#compile(`value ${schema.pointer}`, () =>
      this.#values.compile({ $ref: DOCUMENT + schema.pointer }),
    )
    return issuesOf(validate, value, side, 0)
  }

  /**
   * What is wrong with a value that was carried as text. Texts at any depth become what the schema wants.
   *
   * @param value is changed by it
   */
  checkTexts(schema: LocatedSchema, value: unknown, side: Side): ValueIssue[] {
    const validate = this.#compile(`text ${schema.pointer}`, () =>
      this.#texts.compile({ properties: { value: { $ref: DOCUMENT + schema.pointer } } }),
    )
    return issuesOf(validate, { value }, side, '/value'.length)
  }

  /** A check of a schema that stands nowhere in the document, and whose references begin there. */
  compileInline(schema: JsonSchema): (value: unknown) => boolean {
    const known = this.#inline.get(schema)
    if (known) return known
    const validate = usable('a part of a schema', () =>
      this.#values.compile(withDocumentReferences(schema) as object),
    )
    const accepts = (value: unknown): boolean => issuesOf(validate, value, 'request', 0).length === 0
    this.#inline.set(schema, accepts)
    return accepts
  }

  #compile(key: string, compile: () => ValidateFunction): ValidateFunction {
    const known = this.#compiled.get(key)
    if (known) return known
    const validate = usable(key, compile)
    this.#compiled.set(key, validate)
    return validate
  }
}

/** A copy whose references name the document. */
function withDocumentReferences(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withDocumentReferences)
  if (typeof part !== 'object' || part === null) return part
  const entries = Object.entries(part).map(([key, value]): [string, unknown] =>
    key === '$ref' && typeof value === 'string' && value.startsWith('#')
      ? [key, DOCUMENT + value]
      : [key, withDocumentReferences(value)],
  )
  return Object.fromEntries(entries)
}

function usable(name: string, compile: () => ValidateFunction): ValidateFunction {
  try {
    return compile()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UnusableSchema(`The document has a schema that can't be used (${name}): ${reason}`, {
      cause: error,
    })
  }
}

function createAjv(document: object, coerceTypes: boolean, patterns: SlowPatterns | null): Ajv2020 {
  // Perf: 40 ms to load, for what an application without `drift()` does not need.
  const loaded = require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js')
  const { default: addFormats } = require('ajv-formats') as typeof import('ajv-formats')
  const ajv = new loaded.Ajv2020({
    allErrors: true,
    coerceTypes,
    logger: false,
    strict: false,
    strictNumbers: true,
    validateFormats: true,
    validateSchema: false,
    verbose: true,
    ...(patterns && { code: { regExp: patterns.compile } }),
  })
  addFormats.default(ajv)
  // Schema libraries write these formats for times without a zone, too.
  for (const name of ['time', 'date-time'] as const) {
    const lenient = ajv.formats[`iso-${name}`]
    if (lenient) ajv.addFormat(name, lenient)
  }
  // A word of draft 4 that Ajv refuses; libraries put names of components there.
  ajv.removeKeyword('id')
  ajv.addSchema(document, DOCUMENT)
  return ajv
}

function issuesOf(validate: ValidateFunction, value: unknown, side: Side, prefix: number): ValueIssue[] {
  if (validate(value)) return []
  const errors = (validate.errors ?? []).filter((error) => !mayBeAbsent(error, side))
  const issues = errors.slice(0, MOST_ISSUES).map((error) => ({
    path: error.instancePath.slice(prefix),
    message: messageOf(error),
  }))
  return issues
}

/** OpenAPI: what is required and `readOnly` is required of answers only; of `writeOnly`, of requests only. */
function mayBeAbsent({ keyword, params, parentSchema }: ErrorObject, side: Side): boolean {
  if (keyword !== 'required') return false
  const { missingProperty } = params as { missingProperty: string }
  const { properties } = (parentSchema ?? {}) as {
    properties?: Record<string, { readOnly?: unknown; writeOnly?: unknown } | undefined>
  }
  const property =
    properties && Object.hasOwn(properties, missingProperty) ? properties[missingProperty] : undefined
  return side === 'request' ? property?.readOnly === true : property?.writeOnly === true
}

/** Security: names what the document says, and keys; never a value that was sent. */
function messageOf({ keyword, params, message }: ErrorObject): string {
  const given = params as Record<string, unknown>
  if (keyword === 'additionalProperties')
    return `has ${JSON.stringify(given['additionalProperty'])}, which is not described`
  if (keyword === 'unevaluatedProperties')
    return `has ${JSON.stringify(given['unevaluatedProperty'])}, which is not described`
  if (keyword === 'required') return `lacks ${JSON.stringify(given['missingProperty'])}`
  if (keyword === 'enum') return `must be one of ${JSON.stringify(given['allowedValues'])}`
  if (keyword === 'const') return `must be ${JSON.stringify(given['allowedValue'])}`
  return message ?? `breaks ${keyword}`
}
