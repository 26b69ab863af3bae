/*
 * Runs for each request with a schema of Zod 4. By its Standard Schema Zod tries each value without promises first, and starts over where
 * it meets one: an asynchronous rule runs twice, and where it rejects, the first rejection is nobody's and ends the process. So it is
 * found out whether a schema is asynchronous, and such a one is run asynchronously at once.
 */
import type { Schema, StandardProps } from '../types/schema.js'
import { standardOf } from './standard.js'

type Found = Exclude<ReturnType<StandardProps['validate']>, Promise<unknown>>

interface Payload {
  readonly value: unknown
  readonly issues: readonly unknown[]
}

interface SafeResult {
  readonly success: boolean
  readonly data?: unknown
  readonly error?: { readonly issues: readonly { readonly message: string }[] }
}

/** What is used of a schema of Zod 4, classic and Mini. */
export interface ZodSchema extends Schema {
  readonly _zod: { run(payload: Payload, context: { async: boolean }): Payload | Promise<Payload> }
  safeParseAsync(value: unknown): Promise<SafeResult>
}

export function isZod4(schema: Schema): schema is ZodSchema {
  const { _zod, safeParseAsync } = schema as Partial<ZodSchema>
  return typeof _zod?.run === 'function' && typeof safeParseAsync === 'function'
}

/** Makes a schema of Zod ready to run: synchronously as long as none of its rules gives a promise. */
export function compileZod(schema: ZodSchema): (value: unknown) => Found | Promise<Found> {
  const standard = standardOf(schema)
  let kind: 'unknown' | 'sync' | 'async' = 'unknown'

  function runKnown(value: unknown): Found | Promise<Found> {
    if (kind === 'async') return runAsync(schema, value)
    const found = standard.validate(value)
    if (found instanceof Promise) kind = 'async'
    return found
  }

  /** A value that passes has met all rules that concern it. One that does not says nothing of those that it has not met. */
  function runUnknown(value: unknown): Found | Promise<Found> {
    const tried = schema._zod.run({ value, issues: [] }, { async: true })
    if (tried instanceof Promise) {
      kind = 'async'
      return tried.then(() => runAsync(schema, value))
    }
    if (tried.issues.length > 0) return standard.validate(value)
    kind = 'sync'
    return { value: tried.value }
  }

  return function runZod(value) {
    return kind === 'unknown' ? runUnknown(value) : runKnown(value)
  }
}

async function runAsync(schema: ZodSchema, value: unknown): Promise<Found> {
  const { success, data, error } = await schema.safeParseAsync(value)
  return success ? { value: data } : { issues: error!.issues }
}
