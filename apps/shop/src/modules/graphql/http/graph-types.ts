import type { Request } from '../../../http/framework.js'
import { notAcceptable } from '../../../http/representations/not-acceptable.js'

/** In which an answer can be had; the first is for whoever does not care. */
export const GRAPH_TYPES = ['application/json', 'application/graphql-response+json'] as const

/** Throws the problem 406. */
export function acceptedType(req: Request): string {
  const withCharset = GRAPH_TYPES.map((type) => `${type}; charset=utf-8`)
  const accepted = req.accepts([...GRAPH_TYPES, ...withCharset])
  if (accepted === false) throw notAcceptable(req, GRAPH_TYPES)
  return accepted
}
