/**
 * A JSON Schema of draft 2020-12, as OpenAPI 3.1 has it: the keywords that are read here, and whatever else there is.
 *
 * @see https://json-schema.org/draft/2020-12/schema
 */
export interface JsonSchema {
  $id?: string
  $ref?: string
  $defs?: Record<string, JsonSchema>
  type?: JsonType | JsonType[]
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, JsonSchema>
  patternProperties?: Record<string, JsonSchema>
  additionalProperties?: JsonSchema | boolean
  propertyNames?: JsonSchema
  required?: string[]
  items?: JsonSchema | boolean
  prefixItems?: JsonSchema[]
  allOf?: JsonSchema[]
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  not?: JsonSchema
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  multipleOf?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  title?: string
  description?: string
  default?: unknown
  deprecated?: boolean
  readOnly?: boolean
  writeOnly?: boolean
  examples?: unknown[]
  [keyword: string]: unknown
}

export type JsonType = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | 'null'
