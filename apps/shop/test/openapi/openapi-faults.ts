/**
 * What is wrong with an OpenAPI 3.1 document, as texts that say where. The rules of the specification that a document
 * made from descriptions could break: required members, references, parameters of paths, unique ids, JSON Schema.
 */

type Json = Readonly<Record<string, unknown>>

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'])
const ROOT = new Set([
  'openapi',
  'info',
  'servers',
  'tags',
  'paths',
  'components',
  'security',
  'webhooks',
  'externalDocs',
  'jsonSchemaDialect',
])
const OPERATION = new Set([
  'operationId',
  'tags',
  'summary',
  'description',
  'deprecated',
  'parameters',
  'requestBody',
  'responses',
  'security',
  'callbacks',
  'servers',
  'externalDocs',
])
const PARAMETER = new Set([
  'name',
  'in',
  'required',
  'description',
  'deprecated',
  'schema',
  'content',
  'style',
  'explode',
  'example',
  'examples',
])
const COMPONENT_NAME = /^[\w.-]+$/
const SCHEMA_TYPES = new Set(['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'])

export function openApiFaults(document: Json): string[] {
  const faults: string[] = []
  const fault = (where: string, what: string): void => void faults.push(`${where}: ${what}`)
  const unknown = (value: object, known: ReadonlySet<string>, where: string): void => {
    for (const key of Object.keys(value))
      if (!known.has(key) && !key.startsWith('x-')) fault(where, `has ${key}`)
  }
  unknown(document, ROOT, '#')
  const info = object(document.info)
  if (typeof info.title !== 'string' || typeof info.version !== 'string')
    fault('info', 'has no title or version')
  const components = object(document.components)
  for (const [name, schema] of Object.entries(object(components.schemas))) {
    if (!COMPONENT_NAME.test(name)) fault('components', `a name is ${name}`)
    checkSchema(schema, `schemas/${name}`, document, fault)
  }
  for (const [name, response] of Object.entries(object(components.responses))) {
    if (!COMPONENT_NAME.test(name)) fault('components', `a name is ${name}`)
    checkContent(object(response).content, `responses/${name}`, document, fault, false)
  }
  const ids = new Set<unknown>()
  for (const [path, item] of Object.entries(object(document.paths))) {
    if (!path.startsWith('/') || path.endsWith('/') || path.includes(':')) fault(path, 'is no path')
    for (const [method, operation] of Object.entries(object(item))) {
      const where = `${method} ${path}`
      if (!METHODS.has(method)) fault(where, 'is no method')
      const { operationId, parameters = [], requestBody, responses, security = [] } = object(operation)
      unknown(object(operation), OPERATION, where)
      if (typeof operationId !== 'string' || ids.has(operationId))
        fault(where, `its id is ${String(operationId)}`)
      ids.add(operationId)
      checkParameters(path, list(parameters), where, document, fault)
      if (requestBody !== undefined)
        checkContent(object(requestBody).content, `${where} body`, document, fault, true)
      if (Object.keys(object(responses)).length === 0) fault(where, 'has no responses')
      for (const [status, given] of Object.entries(object(responses))) {
        const response = responseAt(given, document, `${where} ${status}`, fault)
        if (!/^[1-5]\d\d$/.test(status)) fault(where, `a status is ${status}`)
        if (typeof object(response).description !== 'string')
          fault(`${where} ${status}`, 'has no description')
        checkContent(object(response).content, `${where} ${status}`, document, fault, false)
      }
      for (const name of list(security).flatMap((one) => Object.keys(object(one))))
        if (!(name in object(components.securitySchemes))) fault(where, `no security scheme is ${name}`)
    }
  }
  return faults
}

type Fault = (where: string, what: string) => void

function checkParameters(
  path: string,
  parameters: readonly unknown[],
  where: string,
  document: Json,
  fault: Fault,
): void {
  const seen = new Set<string>()
  for (const parameter of parameters.map(object)) {
    const name = `${String(parameter.in)} ${String(parameter.name)}`
    if (seen.has(name)) fault(where, `has ${name} twice`)
    seen.add(name)
    if (!['path', 'query', 'header', 'cookie'].includes(String(parameter.in)))
      fault(where, `${name} is nowhere`)
    if (parameter.in === 'path' && parameter.required !== true) fault(where, `${name} is not required`)
    for (const key of Object.keys(parameter)) if (!PARAMETER.has(key)) fault(where, `${name} has ${key}`)
    checkSchema(parameter.schema, `${where} ${name}`, document, fault)
  }
  const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => `path ${name}`)
  for (const name of inPath) if (!seen.has(name)) fault(where, `does not describe ${name}`)
  for (const name of seen)
    if (name.startsWith('path ') && !inPath.includes(name)) fault(where, `has no ${name}`)
}

function checkContent(
  content: unknown,
  where: string,
  document: Json,
  fault: Fault,
  isRequired: boolean,
): void {
  if (content === undefined && !isRequired) return
  const types = Object.entries(object(content))
  if (types.length === 0) fault(where, 'has no content')
  for (const [type, media] of types) {
    if (!/^[\w.+*-]+\/[\w.+*-]+$/.test(type)) fault(where, `a media type is ${type}`)
    checkSchema(object(media).schema, `${where} ${type}`, document, fault)
  }
}

/** References lead somewhere, types are types, patterns can be compiled, what is required is there. */
function checkSchema(value: unknown, where: string, document: Json, fault: Fault): void {
  if (value === true || value === false) return
  if (typeof value !== 'object' || value === null) return fault(where, 'is no schema')
  const { $ref, type, pattern, required, properties, $defs } = value as Json
  if ($ref !== undefined && !resolves(String($ref), document)) fault(where, `${String($ref)} leads nowhere`)
  if ($defs !== undefined) fault(where, 'has definitions of its own')
  for (const one of type === undefined ? [] : [type].flat())
    if (!SCHEMA_TYPES.has(String(one))) fault(where, `a type is ${String(one)}`)
  if (typeof pattern === 'string') {
    try {
      void new RegExp(pattern, 'u')
    } catch {
      fault(where, `its pattern is ${pattern}`)
    }
  }
  for (const name of list(required ?? []))
    if (properties !== undefined && !(String(name) in object(properties)))
      fault(where, `requires ${String(name)}`)
  for (const [name, inner] of Object.entries(object(properties ?? {})))
    checkSchema(inner, `${where}.${name}`, document, fault)
  for (const key of ['items', 'additionalProperties', 'propertyNames', 'not'] as const) {
    const inner = (value as Json)[key]
    if (inner !== undefined) checkSchema(inner, `${where} ${key}`, document, fault)
  }
  for (const key of ['anyOf', 'oneOf', 'allOf', 'prefixItems'] as const) {
    for (const inner of list((value as Json)[key] ?? []))
      checkSchema(inner, `${where} ${key}`, document, fault)
  }
}

/** What a response refers to, when it refers to something. */
function responseAt(given: unknown, document: Json, where: string, fault: Fault): unknown {
  const { $ref, ...beside } = object(given)
  if ($ref === undefined) return given
  if (Object.keys(beside).length > 0) fault(where, 'says something beside a reference')
  const name = String($ref).replace('#/components/responses/', '')
  const found = object(object(document.components).responses)[name]
  if (found === undefined) fault(where, `${String($ref)} leads nowhere`)
  return found
}

function resolves(reference: string, document: Json): boolean {
  if (!reference.startsWith('#/')) return false
  const found = reference
    .slice(2)
    .split('/')
    .reduce<unknown>((value, key) => (value as Json | undefined)?.[key], document)
  return found !== undefined
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {}
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
