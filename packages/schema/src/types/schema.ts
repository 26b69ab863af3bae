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

/** What a schema takes. */
export type InputOf<S> = S extends { readonly _zod: { input: any } } ? S['_zod']['input'] : SaidBy<S, 'input'>

/**
 * What comes out of a schema.
 *
 * Perf: Zod 4 says it by a member as well, and that way takes half as many instantiations as the one of Standard Schema.
 */
export type OutputOf<S> = S extends { readonly _zod: { output: any } }
  ? S['_zod']['output']
  : SaidBy<S, 'output'>

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
