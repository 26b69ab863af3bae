import type { ApiDescription } from '../../drift/api-description.js'
import { checkParameter, checkRequest } from '../../drift/check-request.js'
import type { DescribedOperation, DescribedParameter } from '../../drift/document.js'
import { readParameter, type ParameterTexts } from '../../drift/parameter-values.js'
import type { FuzzInput, WireRequest } from './fuzz-input.js'
import { RawText } from './fuzz-input.js'
import {
  encodeText,
  formatParameter,
  formatQueryParameter,
  formatScalar,
  isRecord,
} from './parameter-text.js'

/** What node sends as a field. */
const FIELD_TEXT = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/u

/** Whether a request is as the document describes it: what is sent is read again, and held against the schemas. */
export function isDescribed(
  api: ApiDescription,
  operation: DescribedOperation,
  input: FuzzInput,
  request: WireRequest,
): boolean {
  const params = Object.fromEntries(
    operation.parameters
      .filter((parameter) => parameter.in === 'path' && Object.hasOwn(input.parameters.path, parameter.name))
      .map((parameter) => [parameter.name, pathText(parameter, input.parameters.path[parameter.name])]),
  )
  const headers = Object.fromEntries(request.headers)
  const seen = { method: request.method, url: request.target, headers, body: request.body }
  const findings = checkRequest(api, { operation, params }, seen, 200)
  return findings.length === 0 && isDescribedForm(api, operation, input)
}

function pathText(parameter: DescribedParameter, value: unknown): string {
  return encodeText(value instanceof RawText ? value : formatParameter(parameter, value))
}

/** Forms of several parts are not read again: their value is checked, with texts at its leaves. */
function isDescribedForm(api: ApiDescription, operation: DescribedOperation, { body }: FuzzInput): boolean {
  if (body === null || 'bytes' in body || body.mediaType !== 'multipart/form-data') return true
  const schema = operation.body?.content.find(({ mediaType }) => mediaType === body.mediaType)?.schema
  return !schema || api.checks.checkTexts(schema, textsOf(body.value), 'request').length === 0
}

function textsOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(textsOf)
  if (!isRecord(value)) return formatScalar(value)
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, textsOf(one)]))
}

/** Whether a value of a parameter arrives as it is where the parameter stands. */
export function isCarried(api: ApiDescription, parameter: DescribedParameter, value: unknown): boolean {
  const { in: place, name } = parameter
  const text = place === 'query' ? '' : formatParameter(parameter, value)
  if (place === 'header' && !FIELD_TEXT.test(text)) return false
  // A path without a segment is another path.
  if (place === 'path' && (text === '' || text === '.' || text === '..')) return false
  const texts: ParameterTexts = {
    path: { [name]: text },
    query: place === 'query' ? formatQueryParameter(parameter, value) : [],
    header: () => text,
    cookies: { [name]: text },
  }
  const isThere = typeof readParameter(api.document, parameter, texts) !== 'symbol'
  return isThere && checkParameter(api, parameter, texts).length === 0
}
