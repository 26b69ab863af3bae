/*
 * Runs for each request. What is known of a schema is asked when it is compiled (the `~standard` of some libraries is a getter
 * that makes an object), and where all is well nothing is made here: the result is the library's own.
 */
import type { Schema, StandardProps } from '../types/schema.js'
import { standardOf } from './standard.js'
import { compileJoi, type JoiSchema } from './joi.js'
import { nameArktypeIssues } from './naming/arktype-issues.js'
import { namePlainIssues } from './naming/plain-issues.js'
import type { NameIssues, SchemaIssue } from './naming/schema-issue.js'
import { nameValibotIssues } from './naming/valibot-issues.js'
import { nameZodIssues } from './naming/zod-issues.js'
import { compileZod3, isZod3 } from './zod-3.js'
import { compileZod, isZod4 } from './zod.js'

/** What a schema makes of a value, or all that is wrong with that. */
export type Result =
  | { readonly value: unknown; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] }

/** A schema, ready to run. What it gives is a promise only where the schema is asynchronous. */
export type RunSchema = (value: unknown) => Result | Promise<Result>

/** How the issues of a library are named, by its `vendor`. */
const NAMING: Readonly<Record<string, NameIssues>> = {
  zod: nameZodIssues,
  valibot: nameValibotIssues,
  arktype: nameArktypeIssues,
  /** Those of `joi()` and `jsonSchema()`, which have their names already. */
  nozomi: (issues) => issues as SchemaIssue[],
}

/**
 * Makes a schema ready to run: at registration, for what runs at each request. Its errors are values: what it throws, or
 * rejects with, is an error of the schema's own code.
 */
export function compileSchema(schema: Schema): RunSchema {
  const standard = standardOf(schema)
  if (standard.vendor === 'joi' && isJoi(schema)) return compileJoi(schema)
  const validate = compileValidate(schema, standard)
  const nameIssues = NAMING[standard.vendor] ?? namePlainIssues
  return function runCompiled(value) {
    const found = validate(value)
    if (isPromise(found)) return Promise.resolve(found).then((later) => named(later, value, nameIssues))
    return found.issues === undefined ? found : named(found, value, nameIssues)
  }
}

function compileValidate(schema: Schema, standard: StandardProps): StandardProps['validate'] {
  if (isZod4(schema)) return compileZod(schema)
  return isZod3(schema) ? compileZod3(schema) : (value) => standard.validate(value)
}

/** Runs a schema once. What runs often is compiled: `compileSchema`. */
export function runSchema(schema: Schema, value: unknown): Result | Promise<Result> {
  return compileSchema(schema)(value)
}

type Found = Exclude<ReturnType<StandardProps['validate']>, Promise<unknown>>

function named(found: Found, value: unknown, nameIssues: NameIssues): Result {
  return found.issues
    ? { issues: nameIssues(found.issues, value) }
    : { value: (found as { value: unknown }).value }
}

/** Security: a promise of another realm or library that is taken for a result has no issues: any value would pass. */
function isPromise<T>(found: T | Promise<T>): found is Promise<T> {
  return found instanceof Promise || typeof (found as { then?: unknown }).then === 'function'
}

function isJoi(schema: unknown): schema is JoiSchema {
  return typeof (schema as JoiSchema).validate === 'function'
}
