/** A query string as the `simple` and `extended` parsers give it: nothing in it can be trusted to be a string. */
export interface ParsedQs {
  [key: string]: undefined | string | ParsedQs | (string | ParsedQs)[]
}

/** The type of `req.query` where a handler declares no other. */
export type Query = ParsedQs
