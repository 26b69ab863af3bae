/** Keywords whose value is a schema; of `items`, before draft 2020-12, a list of such as well. */
export const ONE_SCHEMA: ReadonlySet<string> = new Set([
  'additionalItems',
  'additionalProperties',
  'contains',
  'contentSchema',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
])

/** Keywords whose value is a list of schemas. */
export const LISTED_SCHEMAS: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems'])

/** Keywords whose value has a schema under each name. */
export const NAMED_SCHEMAS: ReadonlySet<string> = new Set([
  'dependencies',
  'dependentSchemas',
  'patternProperties',
  'properties',
])

/** The same, of schemas that hold nowhere by themselves. */
export const DEFINITIONS: ReadonlySet<string> = new Set(['$defs', 'definitions'])
