/* What is known of the rules of a schema of Zod 4 before any value comes. */
import type { Schema } from '../types/schema.js'

/** A value on its way through a schema, with what is wrong with it so far. */
export interface ZodPayload {
  readonly value: unknown
  readonly issues: readonly unknown[]
}

/** What is used of a schema of Zod 4, classic, Mini or core. */
export interface ZodSchema extends Schema {
  readonly _zod: {
    readonly def: ZodDefinition
    readonly constr: new (def: ZodDefinition) => ZodSchema
    run(payload: ZodPayload, context: { readonly async: boolean }): ZodPayload | Promise<ZodPayload>
    /** Of `z.lazy()`. */
    readonly innerType?: ZodSchema
    /** Of a schema that is a rule as well. */
    check?: RunCheck
  }
}

type RunCheck = (payload: ZodPayload) => unknown

interface ZodCheck {
  readonly _zod: { readonly def: { readonly check?: string; readonly fn?: unknown }; check?: RunCheck }
}

interface ZodDefinition {
  readonly type: string
  readonly checks?: readonly ZodCheck[]
  readonly shape?: Readonly<Record<string, ZodSchema>>
  readonly options?: readonly ZodSchema[]
  readonly items?: readonly ZodSchema[]
  readonly fn?: unknown
  readonly transform?: unknown
  readonly reverseTransform?: unknown
  readonly [part: string]: unknown
}

/** Types whose values Zod itself looks at, with the schemas that they are made of; functions of theirs give values, and no promises. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    'any bigint boolean date enum file int literal nan never null number string symbol template_literal undefined unknown void'
      .split(' ')
      .map((type) => [type, []]),
  ),
  ...Object.fromEntries(
    'catch default nonoptional nullable optional prefault readonly success'
      .split(' ')
      .map((type) => [type, ['innerType']]),
  ),
  array: ['element'],
  intersection: ['left', 'right'],
  lazy: [],
  map: ['keyType', 'valueType'],
  object: ['catchall'],
  pipe: ['in', 'out'],
  record: ['keyType', 'valueType'],
  set: ['valueType'],
  tuple: ['rest'],
  union: [],
}

/** Rules of Zod itself, which are synchronous. */
const CHECKS: ReadonlySet<string> = new Set(
  `less_than greater_than multiple_of number_format bigint_format max_size min_size size_equals max_length min_length length_equals
  string_format mime_type overwrite`.split(/\s+/),
)

/**
 * Whether functions of the application are among the rules of a schema, at any depth: refinements, transforms, whatever Zod may get in
 * later versions. Each of them may give a promise.
 *
 * Security: of several promises Zod may leave some behind: of the second of two refinements, of a branch of a union that is no longer
 * needed, of the members beside one that throws. Where one of these rejects, it ends the process. So the promises of such a schema
 * are marked as handled; who awaits them sees no difference.
 */
export function hasOwnRules(schema: ZodSchema): boolean {
  const found = new Map<ZodSchema, boolean>()
  const isOwn = walk(schema, found)
  // In a circle it is known at the end only: whatever has parts may lead to such a rule.
  if (isOwn) for (const [met, isItself] of found) if (isItself || partsOf(met).length > 0) guardSchema(met)
  return isOwn
}

/** So many schemas are looked at. Functions may make new ones without end: `const tree = () => z.object({ get of() { return tree() } })`. */
const MAX_SCHEMAS = 2000

function walk(schema: ZodSchema, found: Map<ZodSchema, boolean>): boolean {
  const known = found.get(schema)
  if (known !== undefined) return known
  if (found.size >= MAX_SCHEMAS) return true
  found.set(schema, false)
  const { def } = schema._zod
  let isOwn = !Object.hasOwn(PARTS, def.type) || hasFunctions(def)
  for (const check of def.checks ?? []) if (isOwnCheck(check)) isOwn = true
  for (const part of partsOf(schema)) if (walk(part, found)) isOwn = true
  found.set(schema, isOwn)
  return isOwn
}

function hasFunctions({ fn, transform, reverseTransform }: ZodDefinition): boolean {
  return fn !== undefined || transform !== undefined || reverseTransform !== undefined
}

function isOwnCheck({ _zod: { def } }: ZodCheck): boolean {
  return def?.check === undefined || !CHECKS.has(def.check) || def.fn !== undefined
}

function partsOf({ _zod }: ZodSchema): ZodSchema[] {
  const { def } = _zod
  const named = PARTS[def.type] ?? PARTS_OF_OTHERS
  return [
    ...named.map((name) => def[name] as ZodSchema | undefined),
    ...Object.values(def.shape ?? {}),
    ...(def.options ?? []),
    ...(def.items ?? []),
    _zod.innerType,
  ].filter((part) => typeof part?._zod?.run === 'function') as ZodSchema[]
}

/** Where the type is not known, the parts may be called as elsewhere. */
const PARTS_OF_OTHERS: readonly string[] = [...new Set(Object.values(PARTS).flat())]

/** What is guarded already. Bounded: by the schemas that there are. */
const guarded = new WeakSet<object>()

function guardSchema(schema: ZodSchema): void {
  const { _zod } = schema
  for (const check of [schema as Pick<ZodSchema, '_zod'>, ...(_zod.def.checks ?? [])]) guardCheck(check._zod)
  if (guarded.has(_zod.run)) return
  const { run } = _zod
  _zod.run = function runGuarded(payload, context) {
    const done = run.call(_zod, payload, context)
    return done instanceof Promise ? handledOnward(done) : done
  }
  guarded.add(_zod.run)
}

function guardCheck(rule: { check?: RunCheck }): void {
  const { check } = rule
  if (check === undefined || guarded.has(check)) return
  rule.check = function checkGuarded(payload) {
    const done = check.call(rule, payload)
    if (done instanceof Promise) done.catch(ignore)
    return done
  }
  guarded.add(rule.check)
}

/** A promise that is handled, and whatever is made of it is, too. */
function handledOnward<T>(promise: Promise<T>): Promise<T> {
  Promise.prototype.then.call(promise, undefined, ignore)
  // oxlint-disable-next-line unicorn/no-thenable
  promise.then = thenHandled as typeof promise.then
  return promise
}

function thenHandled(
  this: Promise<unknown>,
  ...given: Parameters<Promise<unknown>['then']>
): Promise<unknown> {
  return handledOnward(Promise.prototype.then.apply(this, given))
}

function ignore(): void {}
