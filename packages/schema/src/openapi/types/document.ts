import type { JsonSchema } from '../../types/json-schema.js'

/*
 * An OpenAPI document of version 3.1, as far as it is made here.
 *
 * https://spec.openapis.org/oas/v3.1.1
 */

export interface OpenApiDocument {
  openapi: '3.1.1'
  info: InfoObject
  servers?: ServerObject[]
  paths: Record<string, PathItemObject>
  components?: ComponentsObject
  security?: SecurityRequirement[]
  tags?: TagObject[]
  externalDocs?: ExternalDocsObject
}

export interface InfoObject {
  title: string
  /** Of the API, not of OpenAPI. */
  version: string
  summary?: string
  description?: string
  termsOfService?: string
  contact?: { name?: string; url?: string; email?: string }
  license?: { name: string; identifier?: string; url?: string }
  [extension: `x-${string}`]: unknown
}

export interface ServerObject {
  url: string
  description?: string
  variables?: Record<string, { default: string; enum?: string[]; description?: string }>
}

export interface TagObject {
  name: string
  description?: string
  externalDocs?: ExternalDocsObject
}

export interface ExternalDocsObject {
  url: string
  description?: string
}

/** The names of schemes with their scopes: all of them are needed. */
export type SecurityRequirement = Record<string, string[]>

/** The methods that a path of OpenAPI 3.1 can have. */
export type OpenApiMethod = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch' | 'trace'

export type PathItemObject = { [method in OpenApiMethod]?: OperationObject }

export interface OperationObject {
  operationId: string
  tags?: string[]
  summary?: string
  description?: string
  externalDocs?: ExternalDocsObject
  deprecated?: boolean
  parameters?: ParameterObject[]
  requestBody?: RequestBodyObject
  responses: Record<string, ResponseObject | ReferenceObject>
  security?: SecurityRequirement[]
  [extension: `x-${string}`]: unknown
}

export interface ReferenceObject {
  $ref: string
}

export interface ParameterObject {
  name: string
  in: 'path' | 'query' | 'header' | 'cookie'
  description?: string
  required?: boolean
  deprecated?: boolean
  style?: 'simple' | 'form' | 'deepObject'
  explode?: boolean
  schema: JsonSchema
}

export interface RequestBodyObject {
  description?: string
  required?: boolean
  content: Record<string, MediaTypeObject>
}

export interface MediaTypeObject {
  schema?: JsonSchema
  examples?: Record<string, ExampleObject>
  encoding?: Record<string, { contentType?: string }>
}

export interface ExampleObject {
  summary?: string
  description?: string
  value?: unknown
  externalValue?: string
}

export interface ResponseObject {
  description: string
  headers?: Record<string, { description?: string; required?: boolean; schema?: JsonSchema }>
  content?: Record<string, MediaTypeObject>
}

export interface ComponentsObject {
  schemas?: Record<string, JsonSchema>
  responses?: Record<string, ResponseObject>
  securitySchemes?: Record<string, SecuritySchemeObject>
}

export type SecuritySchemeObject =
  | { type: 'apiKey'; name: string; in: 'query' | 'header' | 'cookie'; description?: string }
  | { type: 'http'; scheme: string; bearerFormat?: string; description?: string }
  | { type: 'mutualTLS'; description?: string }
  | { type: 'oauth2'; flows: OAuthFlowsObject; description?: string }
  | { type: 'openIdConnect'; openIdConnectUrl: string; description?: string }

export interface OAuthFlowsObject {
  implicit?: OAuthFlowObject & { authorizationUrl: string }
  password?: OAuthFlowObject & { tokenUrl: string }
  clientCredentials?: OAuthFlowObject & { tokenUrl: string }
  authorizationCode?: OAuthFlowObject & { authorizationUrl: string; tokenUrl: string }
}

interface OAuthFlowObject {
  refreshUrl?: string
  scopes: Record<string, string>
}
