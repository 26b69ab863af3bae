import { createError } from '../../problems/catalogue.js'
import type { Contract } from '../../types/contract.js'
import type { DocumentOptions } from '../types/document-options.js'
import type { SecurityRequirement } from '../types/document.js'

/**
 * What is needed, as OpenAPI says it: alternatives, each with its schemes and their scopes.
 *
 * @throws SchemaError `NOZOMI_SCHEMA_SECURITY` for a name that no scheme has: readers could not tell what it is.
 */
export function securityOf(
  security: NonNullable<Contract['security']>,
  schemes: DocumentOptions['securitySchemes'] = {},
  where: string,
): SecurityRequirement[] {
  return security.map((one) => {
    const requirement = typeof one === 'string' ? { [one]: [] } : one
    const unknown = Object.keys(requirement).find((name) => !Object.hasOwn(schemes, name))
    if (unknown !== undefined) throw createError('NOZOMI_SCHEMA_SECURITY', [where, unknown])
    return Object.fromEntries(Object.entries(requirement).map(([name, scopes]) => [name, [...scopes]]))
  })
}

/** The parameters that are keys of these requirements: `cookie sid`, `header x-key`; names of fields in lower case. */
export function keysOf(
  security: Contract['security'] = [],
  schemes: DocumentOptions['securitySchemes'] = {},
): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const name of security.flatMap((one) => (typeof one === 'string' ? one : Object.keys(one)))) {
    const scheme = schemes[name]
    if (scheme?.type !== 'apiKey') continue
    keys.add(`${scheme.in} ${scheme.in === 'header' ? scheme.name.toLowerCase() : scheme.name}`)
  }
  return keys
}
