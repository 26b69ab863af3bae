import type { FoundIssue, Place } from './issue.js'

/** What is done with keys that a schema does not name. */
export type UnknownKeys = 'strip' | 'refuse' | 'keep' | 'schema'

/** The words of an issue: a text, or a function of what was found. Undefined leaves the words of the library. */
export type MessageOf = string | ((issue: FoundIssue) => string | undefined)

/** Words by code, for one language. */
export type Messages = { readonly [code in FoundIssue['code']]?: MessageOf }

/** How requests are validated. */
export interface ValidateOptions {
  /**
   * What is done with keys of bodies and queries that the schema does not name. Default `'schema'`: what its library does
   * (Zod and Valibot strip them, ArkType keeps them, Joi refuses them).
   */
  readonly unknown?: UnknownKeys
  /**
   * Whether texts become numbers, booleans and lists where the schema wants such, in what can carry only texts: params, query,
   * headers, cookies, and bodies of forms. Default `true`. Needs schemas that can say themselves as JSON Schema.
   *
   * Numbers are read as JSON writes them, and with zeros before (`07`): neither `+5`, ` 7`, `0x10` nor an empty text. Booleans are `true`, `1`,
   * `on`, `false`, `0`, `off`. What can't be read so stays a text, and is an issue.
   */
  readonly coerce?: boolean
  /** The status of a request that does not pass: 400 or 422. Default 400. */
  readonly status?: 400 | 422
  /**
   * Whether answers are held to `response`: `'validate'` makes a mismatch an error that names route, path and value;
   * `'serialize'` sends what the schema names and nothing else, and reports nothing; `'off'` does neither.
   * Default: `'serialize'` where NODE_ENV is `production`, `'validate'` elsewhere.
   */
  readonly responses?: 'validate' | 'serialize' | 'off'
}

/** How a value is checked that is no part of a request. */
export interface CheckOptions {
  /** What issues say of where the value is. Default `body`. */
  readonly in?: Place
  /** As that of `validate()`. */
  readonly unknown?: UnknownKeys
  /** As that of `validate()`. Default: whether `in` is one of params, query, headers, cookies. */
  readonly coerce?: boolean
  /** The status of the error: 400 or 422. Default 400. */
  readonly status?: 400 | 422
}
