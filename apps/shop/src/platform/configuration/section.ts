import type { z } from 'zod'
import { StartError } from './start-error.js'

/** An environment variable. */
export interface Variable {
  /** Reads its text. What is missing is undefined, so a schema is optional or has a default. */
  readonly schema: z.ZodType<unknown, string | undefined>
  /** What would be right, for people: it completes "expected ...". */
  readonly expected: string
  /** Security: its value may hold a password, and is therefore not repeated. */
  readonly secret?: boolean
}

type Variables = Readonly<Record<string, Variable>>

type Values<V extends Variables> = { readonly [Name in keyof V]: z.output<V[Name]['schema']> }

/** The variables of one part of the shop, and what that part makes of them. */
export interface Section<C> {
  readonly variables: Variables
  readonly compile: (values: Readonly<Record<string, unknown>>) => C
}

/**
 * Declares the variables that a part of the shop reads. `compile` may throw a StartError for values that do not go
 * together.
 */
export function defineSection<const V extends Variables, C>(
  variables: V,
  compile: (values: Values<V>) => C,
): Section<C> {
  // The values were read by the schemas of these variables, and by nothing else (readSections).
  return { variables, compile: (values) => compile(values as Values<V>) }
}

export type Sections = Readonly<Record<string, Section<unknown>>>

export type Configured<S extends Sections> = {
  readonly [Name in keyof S]: S[Name] extends Section<infer C> ? C : never
}

/**
 * Reads all sections from environment variables; an empty one counts as unset. Throws a StartError that names each
 * variable that is not right, its value, and what would be right.
 */
export function readSections<S extends Sections>(
  sections: S,
  environment: Readonly<Record<string, string | undefined>>,
): Configured<S> {
  const complaints: string[] = []
  const values = new Map<Section<unknown>, Record<string, unknown>>()
  for (const section of Object.values(sections)) {
    const read = Object.entries(section.variables).map(([name, variable]) => {
      const text = environment[name] === '' ? undefined : environment[name]
      const result = variable.schema.safeParse(text)
      if (!result.success) complaints.push(complaint(name, variable, text))
      return [name, result.data] as const
    })
    values.set(section, Object.fromEntries(read))
  }
  if (complaints.length > 0) throw new StartError(complaints.join('\n'))
  const compiled = Object.entries(sections).map(([name, section]) => [
    name,
    section.compile(values.get(section) ?? {}),
  ])
  return Object.fromEntries(compiled) as Configured<S>
}

/** The names of all variables. Throws when two sections claim one: that is a mistake of ours. */
export function variableNames(sections: Sections): readonly string[] {
  const names = Object.values(sections).flatMap(({ variables }) => Object.keys(variables))
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new Error(`two sections of the configuration have ${twice}`)
  return names
}

function complaint(name: string, { expected, secret = false }: Variable, text: string | undefined): string {
  const problem = text === undefined ? 'is missing' : secret ? 'is not right' : `is ${JSON.stringify(text)}`
  return `${name} ${problem}; expected ${expected}`
}
