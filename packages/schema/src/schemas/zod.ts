/*
 * Runs for each request with a schema of Zod 4. By its Standard Schema Zod tries each value without promises first, and starts over where
 * it meets one: an asynchronous rule runs twice, and where it rejects, the first rejection is nobody's and ends the process. No value
 * tells whether that can happen with the next one. So a schema goes that way only when none of its rules is a function of the
 * application; all others run once, in the way that takes promises, and give one only where a rule did. Watched by bench/validate.mjs.
 */
import type { Schema, StandardProps } from '../types/schema.js'
import { standardOf } from './standard.js'
import { hasOwnRules, type ZodPayload, type ZodSchema } from './zod-rules.js'

type Found = Exclude<ReturnType<StandardProps['validate']>, Promise<unknown>>
type RunZod = (value: unknown) => Found | Promise<Found>

export function isZod4(schema: Schema): schema is ZodSchema {
  const { _zod } = schema as Partial<ZodSchema>
  return typeof _zod?.run === 'function' && typeof _zod.constr === 'function'
}

/** Makes a schema of Zod ready to run. Its rules are looked for at its first value: `z.lazy()` may name schemas that come later. */
export function compileZod(schema: ZodSchema): RunZod {
  let run: RunZod | null = null
  return function runZod(value) {
    run ??= hasOwnRules(schema) ? compileOwnRules(schema) : (standardOf(schema).validate as RunZod)
    return run(value)
  }
}

function compileOwnRules(schema: ZodSchema): RunZod {
  const tell = compileTelling(schema)
  return function runOwnRules(value) {
    const done = schema._zod.run({ value, issues: [] }, { async: true })
    return done instanceof Promise ? done.then(tell) : tell(done)
  }
}

/**
 * Makes of what rules have left what Standard Schema gives: issues get their words, by the settings of Zod that the schema belongs to. These
 * are in reach of a schema only, so there is one whose value is what another has left.
 */
function compileTelling(schema: ZodSchema): (done: ZodPayload) => Found | Promise<Found> {
  const teller = new schema._zod.constr(schema._zod.def)
  teller._zod.run = ({ value: done }) => done as ZodPayload
  const { validate } = standardOf(teller)
  return function tell(done) {
    return done.issues.length === 0 ? { value: done.value } : (validate(done) as Found)
  }
}
