import type { Contract, Issue, ValidationError } from '@nozomi/schema'
import type { Request } from '../framework.js'
import { sentenceOf } from '../input/expectation.js'
import { fieldsAt, unknownField } from '../input/known-fields.js'

/** What a client is told of what `validate()` has found; of a field that there is not, which there are. */
export function toldIssues({ issues }: ValidationError, req: Request): Issue[] {
  return issues.map(({ in: place, path, code, message }) => {
    const known = code === 'unknown_key' ? fieldsAt(schemaOf(req, place), path.slice(0, -1)) : []
    return { in: place, path, code, message: known.length === 0 ? message : sentenceOf(unknownField(known)) }
  })
}

interface RouteLayer {
  readonly handle: { readonly '~contract'?: { readonly contract: Contract } }
}

/** What the route that refused a request says of a part of it. */
function schemaOf(req: Request, place: Issue['in']): unknown {
  const route = req.route as { readonly stack: readonly RouteLayer[] } | undefined
  for (const { handle } of route?.stack ?? []) {
    const schema = handle['~contract']?.contract[place]
    if (schema !== undefined) return schema
  }
  return undefined
}
