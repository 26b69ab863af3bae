import type { ApiDescription } from '../../drift/api-description.js'
import type { DescribedOperation, DescribedParameter } from '../../drift/document.js'
import type { JsonSchema } from '../../types/json-schema.js'
import { propertiesOf } from '../../drift/schema-types.js'
import { bytesOfBody, FilePart } from './body-bytes.js'
import type { FuzzBody, FuzzInput, WireRequest } from './fuzz-input.js'
import { RawText } from './fuzz-input.js'
import { encodeText, formatParameter, formatQueryParameter, isRecord } from './parameter-text.js'

type Pair = readonly [string, string]

/** Writes an input as the request that carries it. The target begins with the path of the document. */
export function writeRequest(
  api: ApiDescription,
  operation: DescribedOperation,
  input: FuzzInput,
  ownHeaders: readonly Pair[] = [],
): WireRequest {
  const body = input.body && bytesOfBody(withFiles(api, operation, input.body))
  const headers = [...fieldsOf(operation, input), ...cookieField(operation, input)]
  const contentType: Pair[] = body?.contentType ? [['content-type', body.contentType]] : []
  return {
    method: operation.method,
    target: targetOf(operation, input),
    headers: withOwnHeaders([['accept', '*/*'], ...contentType, ...headers], ownHeaders),
    body: body?.bytes ?? null,
  }
}

function targetOf(operation: DescribedOperation, input: FuzzInput): string {
  const path = operation.path.replace(/\{([^{}]*)\}/gu, (_, name: string) => {
    const value = input.parameters.path[name]
    const parameter = parametersIn(operation, 'path').find((one) => one.name === name)
    if (value instanceof RawText || parameter === undefined) return encodeText(value ?? name)
    return encodeText(formatParameter(parameter, value))
  })
  const query = [...queryPairs(operation, input), ...input.extraQuery.map(encodedPair)]
  return query.length === 0 ? path : `${path}?${query.join('&')}`
}

function queryPairs(operation: DescribedOperation, input: FuzzInput): string[] {
  return parametersIn(operation, 'query').flatMap((parameter) => {
    if (!Object.hasOwn(input.parameters.query, parameter.name)) return []
    const value = input.parameters.query[parameter.name]
    if (value instanceof RawText) return [`${encodeText(parameter.name)}=${value.text}`]
    return formatQueryParameter(parameter, value).map(encodedPair)
  })
}

function encodedPair([name, text]: Pair): string {
  return `${encodeText(name)}=${encodeText(text)}`
}

function fieldsOf(operation: DescribedOperation, input: FuzzInput): Pair[] {
  return parametersIn(operation, 'header').flatMap((parameter): Pair[] => {
    if (!Object.hasOwn(input.parameters.header, parameter.name)) return []
    return [
      [parameter.name.toLowerCase(), formatParameter(parameter, input.parameters.header[parameter.name])],
    ]
  })
}

function cookieField(operation: DescribedOperation, input: FuzzInput): Pair[] {
  const cookies = parametersIn(operation, 'cookie').flatMap((parameter) => {
    if (!Object.hasOwn(input.parameters.cookie, parameter.name)) return []
    const text = formatParameter(parameter, input.parameters.cookie[parameter.name])
    return [`${parameter.name}=${encodeText(text)}`]
  })
  return cookies.length === 0 ? [] : [['cookie', cookies.join('; ')]]
}

/** What the caller gives replaces what was made; cookies come together. */
function withOwnHeaders(made: readonly Pair[], own: readonly Pair[]): Pair[] {
  const names = new Set(own.map(([name]) => name))
  const ownCookies = own.filter(([name]) => name === 'cookie').map(([, text]) => text)
  const madeCookies = made.filter(([name]) => name === 'cookie').map(([, text]) => text)
  const cookies = [...ownCookies, ...madeCookies]
  return [
    ...made.filter(([name]) => name !== 'cookie' && !names.has(name)),
    ...own.filter(([name]) => name !== 'cookie'),
    ...(cookies.length > 0 ? [['cookie', cookies.join('; ')] as const] : []),
  ]
}

/** In forms of several parts, what is `binary` is a file. */
function withFiles(api: ApiDescription, operation: DescribedOperation, body: FuzzBody): FuzzBody {
  if ('bytes' in body || body.mediaType !== 'multipart/form-data' || !isRecord(body.value)) return body
  const content = operation.body?.content.find(({ mediaType }) => mediaType === body.mediaType)
  const properties = propertiesOf(api.document, content?.schema?.value)
  const entries = Object.entries(body.value).map(([name, one]): [string, unknown] => {
    const schema = properties.get(name)
    if (!Array.isArray(one)) return [name, asFile(schema, one)]
    return [name, one.map((item: unknown) => asFile(schema?.items, item))]
  })
  return { mediaType: body.mediaType, value: Object.fromEntries(entries) }
}

function asFile(schema: JsonSchema | boolean | undefined, value: unknown): unknown {
  if (typeof schema !== 'object' || typeof value !== 'string') return value
  const mediaType = schema['contentMediaType']
  if (typeof mediaType === 'string') return new FilePart(value, mediaType)
  return schema.format === 'binary' ? new FilePart(value, 'application/octet-stream') : value
}

export function parametersIn(
  { parameters }: DescribedOperation,
  place: DescribedParameter['in'],
): readonly DescribedParameter[] {
  return parameters.filter((parameter) => parameter.in === place)
}
