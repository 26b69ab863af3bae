import type { StandardSchemaV1 } from '@standard-schema/spec'

/**
 * A schema of any library that speaks Standard Schema: Zod, Valibot, ArkType, Joi 18, what `jsonSchema()` gives, and
 * others.
 *
 * Perf: for the type checker whoever has `~standard` is one. Comparing the whole interface for each schema of a contract makes
 * the check of a route take three times as many instantiations; at run time it is asked for in full.
 *
 * @see https://standardschema.dev
 */
export interface Schema {
  readonly '~standard': unknown
}

/** What a schema takes. Joi says that of none of its schemas: there it is what comes out. Invariant: as of `OutputOf`. */
export type InputOf<S> = S extends { _zod: { input: any } }
  ? S['_zod']['input']
  : SaidBy<S, S extends OfJoi ? 'output' : 'input'>

/** A member that all schemas of Joi have, and no others. */
interface OfJoi {
  readonly $_terms: unknown
}

/**
 * What comes out of a schema.
 *
 * Perf: Zod 4 says it by a member as well, and that way takes half as many instantiations as the one of Standard Schema.
 *
 * Invariant: the condition is to the letter that of Zod's own `z.output`. So in a function whose schema is a type parameter, where neither
 * can be worked out yet, the one is taken for the other.
 */
export type OutputOf<S> = S extends { _zod: { output: any } } ? S['_zod']['output'] : SaidBy<S, 'output'>

type SaidBy<S, Side extends 'input' | 'output'> = S extends Schema ? TypesOf<S['~standard']>[Side] : never

type TypesOf<Standard> = Standard extends {
  readonly types?: { readonly input: unknown; readonly output: unknown } | undefined
}
  ? NonNullable<Standard['types']>
  : never

/** The whole interface of a schema. */
export type StandardSchema<Input = unknown, Output = Input> = StandardSchemaV1<Input, Output>

/** What a schema says of itself by Standard Schema. */
export type StandardProps = StandardSchemaV1.Props
