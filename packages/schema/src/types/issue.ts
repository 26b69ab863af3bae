import type { JsonSchema } from './json-schema.js'

/** Which part of a request, or of an answer, an issue is about. */
export type Place = 'params' | 'query' | 'headers' | 'cookies' | 'body' | 'files' | 'response'

/**
 * What is wrong with a value, in words that stay the same whichever library found it. `custom` is a rule of the schema that
 * has no word here.
 */
export type IssueCode =
  | 'required'
  | 'type'
  | 'too_small'
  | 'too_big'
  | 'format'
  | 'pattern'
  | 'not_allowed'
  | 'multiple_of'
  | 'not_unique'
  | 'unknown_key'
  | 'forbidden_key'
  | 'malformed'
  | 'custom'

/** One thing that is wrong with a request: what `issues` of a problem (RFC 9457) lists. */
export interface Issue {
  readonly in: Place
  /** The keys that lead to the value, from the part on; empty for the part itself. */
  readonly path: readonly (string | number)[]
  readonly code: IssueCode
  /** For people: replaceable (`messages`), and not to be read by programs. */
  readonly message: string
}

/** An issue with what is known of it besides: what messages can be made from. It does not leave the server. */
export interface FoundIssue extends Issue {
  readonly details: IssueDetails
}

/**
 * The limit, the format, the type, the values allowed: `{ minimum: 1 }`, `{ expected: 'number' }`; and what is named here. `value`, `schema`
 * and `known` are worked out when they are read; copies of the details, logs and JSON do not have them.
 */
export interface IssueDetails {
  readonly [name: string]: unknown
  /** What the client sent there, before anything was made of it; undefined when it is missing. Of a list in one text, the whole text. */
  readonly value?: unknown
  /**
   * The JSON Schema of that place, with `$ref` followed, and with keywords of one's own, such as those of Zod's `meta()`; null when there is
   * none, or when the library can't say it.
   */
  readonly schema?: JsonSchema | null
  /** Of an `unknown_key`: the names that there are; null where they can't be told. */
  readonly known?: readonly string[] | null
  /** Of a `custom` rule: what it told besides a message, such as `params` of an issue of Zod. */
  readonly params?: Readonly<Record<string, unknown>>
}
