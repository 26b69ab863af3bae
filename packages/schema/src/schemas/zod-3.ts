/*
 * Runs for each request with a schema of Zod 3. It, too, tries each value without promises until a rule gives one, and starts over: then, and
 * in all runs after, with promises. The promise of that one run that it left is seen to here.
 */
import type { Schema, StandardProps } from '../types/schema.js'
import { standardOf } from './standard.js'

type Validate = StandardProps['validate']
type Rule = (...given: readonly unknown[]) => unknown

interface ZodEffect {
  refinement?: Rule
  transform?: Rule
}

interface Zod3Schema extends Schema {
  readonly _def: Readonly<Record<string, unknown>> & { readonly effect?: ZodEffect }
  _parseSync(input: unknown): unknown
}

export function isZod3(schema: unknown): schema is Zod3Schema {
  const { _def, _parseSync } = (schema ?? {}) as Partial<Zod3Schema>
  return typeof _parseSync === 'function' && typeof _def === 'object'
}

/** Makes a schema of Zod 3 ready to run. Its rules are looked for at its first value: `z.lazy()` may name schemas that come later. */
export function compileZod3(schema: Zod3Schema): Validate {
  const { validate } = standardOf(schema)
  let isGuarded = false
  return function runZod3(value) {
    if (!isGuarded) guardRules(schema, new Set())
    isGuarded = true
    return validate(value)
  }
}

/** So many schemas are looked at: the functions of `z.lazy()` may make new ones without end. */
const MAX_SCHEMAS = 2000

/** Security: the promise of a rule that Zod has left ends the process when it rejects. Who awaits it sees no difference. */
function guardRules(part: unknown, seen: Set<unknown>): void {
  if (Array.isArray(part)) {
    for (const one of part) guardRules(one, seen)
    return
  }
  if (!isZod3(part) || seen.has(part) || seen.size >= MAX_SCHEMAS) return
  seen.add(part)
  const { effect, shape, getter, ...parts } = part._def as Zod3Schema['_def'] & {
    shape?: Rule
    getter?: Rule
  }
  if (effect !== undefined) guardEffect(effect)
  if (shape !== undefined) guardRules(Object.values(shape() as object), seen)
  if (getter !== undefined) guardRules(getter(), seen)
  guardRules(Object.values(parts), seen)
}

/** What is guarded already. Bounded: by the rules that there are. */
const guarded = new WeakSet<Rule>()

function guardEffect(effect: ZodEffect): void {
  for (const kind of ['refinement', 'transform'] as const) {
    const rule = effect[kind]
    if (rule === undefined || guarded.has(rule)) continue
    const guard: Rule = (...given) => {
      const done = rule(...given)
      if (done instanceof Promise) done.catch(() => undefined)
      return done
    }
    guarded.add(guard)
    effect[kind] = guard
  }
}
