import type { ApiDescription, FoundOperation } from './api-description.js'
import type { DescribedBody, DescribedParameter, LocatedSchema, ParameterPlace } from './document.js'
import { fieldOf, type SeenRequest } from './exchange.js'
import { type DriftFinding, type DriftKind, findingOf, formatIssues } from './finding.js'
import { nestFields } from './form-fields.js'
import { essenceOf, findContent, isJsonType } from './media-type.js'
import { NOT_READ, NOT_SENT, type ParameterTexts, readParameter } from './parameter-values.js'
import type { ValueIssue } from './schema-checks.js'
import { isListOnly, propertiesOf, typesOf } from './schema-types.js'

const KINDS: Readonly<Record<ParameterPlace, DriftKind>> = {
  path: 'request-params',
  query: 'request-query',
  header: 'request-headers',
  cookie: 'request-cookies',
}

const UTF8 = new TextDecoder('utf-8', { fatal: true })

export interface RequestRules {
  /** Whether a parameter of the query that the document does not name leaves the document. */
  readonly unknownQuery: boolean
}

/** In what a request leaves the document: parameters, media type and body. */
export function checkRequest(
  api: ApiDescription,
  found: FoundOperation,
  request: SeenRequest,
  status: number,
  rules: RequestRules = { unknownQuery: false },
): DriftFinding[] {
  const { operation } = found
  const texts = textsOf(found, request)
  const issues = operation.parameters.flatMap((parameter) => checkParameter(api, parameter, texts))
  if (rules.unknownQuery) issues.push(...unknownQuery(api, found, texts))
  const places = (Object.keys(KINDS) as ParameterPlace[]).flatMap((place) => {
    const own = issues.filter((issue) => issue.place === place)
    const message = `an accepted request leaves the document in its ${place} parameters: ${formatIssues(own)}`
    return own.length > 0 ? [findingOf(KINDS[place], operation, status, message, own)] : []
  })
  return operation.body ? [...places, ...checkBody(api, found, operation.body, request, status)] : places
}

export type PlacedIssue = ValueIssue & { readonly place: ParameterPlace }

/** What is wrong with one parameter, as the request carries it. */
export function checkParameter(
  api: ApiDescription,
  parameter: DescribedParameter,
  texts: ParameterTexts,
): PlacedIssue[] {
  const { in: place, name, required, schema, isJson } = parameter
  const value = readParameter(api.document, parameter, texts)
  if (value === NOT_READ) return []
  if (value === NOT_SENT) {
    return required ? [{ place, path: `/${name}`, message: 'is required and was not sent' }] : []
  }
  if (schema === null) return []
  const issues = isJson
    ? checkJson(api, schema, String(value))
    : api.checks.checkTexts(schema, value, 'request')
  return issues.map(({ path, message }) => ({ place, path: `/${name}${path}`, message }))
}

function checkJson(api: ApiDescription, schema: LocatedSchema, text: string): ValueIssue[] {
  try {
    return api.checks.check(schema, JSON.parse(text), 'request')
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return [{ path: '', message: 'is no JSON' }]
  }
}

function unknownQuery(
  api: ApiDescription,
  { operation }: FoundOperation,
  { query }: ParameterTexts,
): PlacedIssue[] {
  const parameters = operation.parameters.filter(({ in: place }) => place === 'query')
  const names = new Set(
    parameters.flatMap(({ name, schema }) => [name, ...propertiesOf(api.document, schema?.value).keys()]),
  )
  const unknown = new Set(
    query.map(([name]) => name.split('[', 1)[0] ?? name).filter((name) => !names.has(name)),
  )
  return [...unknown].map((name) => ({ place: 'query', path: `/${name}`, message: 'is not described' }))
}

function checkBody(
  api: ApiDescription,
  { operation }: FoundOperation,
  body: DescribedBody,
  { headers, body: bytes }: SeenRequest,
  status: number,
): DriftFinding[] {
  if (bytes === undefined) return []
  const finding = (kind: DriftKind, message: string, issues: ValueIssue[] = []): DriftFinding[] => [
    findingOf(kind, operation, status, `an accepted request ${message}`, issues),
  ]
  if (bytes === null || bytes.length === 0) {
    return body.required ? finding('request-body', 'has no body, which the document requires') : []
  }
  const essence = essenceOf(fieldOf(headers, 'content-type'))
  if (essence === null) return finding('request-type', 'has a body without a media type')
  const content = findContent(body.content, essence)
  if (content === null)
    return finding('request-type', `has a body of ${essence}, which the document does not name`)
  if (content.schema === null || fieldOf(headers, 'content-encoding') !== undefined) return []
  const issues = checkContent(api, content.schema, essence, bytes)
  return issues.length > 0
    ? finding('request-body', `has a body that does not fit: ${formatIssues(issues)}`, issues)
    : []
}

function checkContent(
  api: ApiDescription,
  schema: LocatedSchema,
  essence: string,
  bytes: Uint8Array,
): ValueIssue[] {
  const text = decodeText(bytes)
  if (isJsonType(essence))
    return text === null ? [{ path: '', message: 'is no UTF-8' }] : checkJson(api, schema, text)
  if (essence !== 'application/x-www-form-urlencoded') return []
  const form = nestFields(new URLSearchParams(text ?? ''))
  return api.checks.checkTexts(schema, withLists(api, schema, form), 'request')
}

/** A list with one entry came as one text. */
function withLists(
  api: Pick<ApiDescription, 'document'>,
  schema: LocatedSchema,
  form: Record<string, unknown>,
): Record<string, unknown> {
  for (const [name, property] of propertiesOf(api.document, schema.value)) {
    const value = form[name]
    if (typeof value === 'string' && isListOnly(typesOf(api.document, property))) form[name] = [value]
  }
  return form
}

/** The text of UTF-8; null where the bytes are none. */
export function decodeText(bytes: Uint8Array): string | null {
  try {
    return UTF8.decode(bytes)
  } catch {
    return null
  }
}

function textsOf(found: FoundOperation, { url, headers }: SeenRequest): ParameterTexts {
  const start = url.indexOf('?')
  return {
    path: Object.fromEntries(Object.entries(found.params).map(([name, text]) => [name, decoded(text)])),
    query: start < 0 ? [] : [...new URLSearchParams(url.slice(start + 1))],
    header: (name) => fieldOf(headers, name),
    cookies: cookiesOf(fieldOf(headers, 'cookie') ?? ''),
  }
}

function cookiesOf(field: string): Record<string, string> {
  const cookies = Object.create(null) as Record<string, string>
  for (const part of field.split(';')) {
    const at = part.indexOf('=')
    const name = part.slice(0, at).trim()
    if (at > 0 && !(name in cookies))
      cookies[name] = decoded(
        part
          .slice(at + 1)
          .trim()
          .replace(/^"(.*)"$/u, '$1'),
      )
  }
  return cookies
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
