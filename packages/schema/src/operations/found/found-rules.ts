import type { Contract } from '../../types/contract.js'
import type { JsonSchema } from '../../types/json-schema.js'

/** The library that middleware was found to be made with; `schema` for any that speaks Standard Schema. */
export type FoundSource = 'express-validator' | 'joi' | 'zod' | 'schema'

export type FoundPlace = 'params' | 'query' | 'headers' | 'cookies' | 'body'

/** What one chain of express-validator says of one field. */
export interface FoundField {
  /** Where the field may stand: it is in one of them. */
  readonly places: readonly FoundPlace[]
  /** The keys that lead to it; null for every item of a list. */
  readonly path: readonly (string | null)[]
  readonly schema: JsonSchema
  readonly isRequired: boolean
  /** No other fields may be beside those that are named. */
  readonly isExact: boolean
}

/** What was found in a function that carries no contract. */
export interface FoundRules {
  readonly source: FoundSource
  readonly contract: Contract | null
  readonly fields: readonly FoundField[]
}

/** What must be known of the operation that a found rule stands before. */
export interface FoundFor {
  /** In upper case. */
  readonly method: string
  /** The names of the parameters of its path. */
  readonly parameters: ReadonlySet<string>
}
