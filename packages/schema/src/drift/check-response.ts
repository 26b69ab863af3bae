import type { ApiDescription } from './api-description.js'
import { decodeText } from './check-request.js'
import type { DescribedContent, DescribedOperation, DescribedResponse } from './document.js'
import { fieldOf, type SeenResponse } from './exchange.js'
import { type DriftFinding, type DriftKind, findingOf, formatIssues } from './finding.js'
import { essenceOf, findContent, isJsonType } from './media-type.js'
import type { ValueIssue } from './schema-checks.js'

/** In what an answer leaves the document: status, media type, body and fields. */
export function checkResponse(
  api: ApiDescription,
  operation: DescribedOperation,
  method: string,
  answer: SeenResponse,
): DriftFinding[] {
  const { status } = answer
  if (status < 200) return []
  const declared = declaredFor(operation, status)
  if (declared === null) {
    const names = [...operation.responses.keys()].join(', ') || 'none'
    const message = `answers ${status}, which the document does not declare (${names})`
    return [findingOf('undocumented-status', operation, status, message)]
  }
  const hasBody = method !== 'HEAD' && status !== 204 && status !== 304
  return [
    ...checkFields(api, operation, declared, answer),
    ...(hasBody ? checkBody(api, operation, declared, answer) : []),
  ]
}

/** RFC 9110 §15.4.5: a 304 stands for the 200 that the client has. */
function declaredFor({ responses }: DescribedOperation, status: number): DescribedResponse | null {
  const declared =
    responses.get(String(status)) ??
    responses.get(`${Math.trunc(status / 100)}XX`) ??
    responses.get('DEFAULT')
  if (declared === undefined && status === 304 && responses.has('200')) return { content: [], headers: [] }
  return declared ?? null
}

function checkFields(
  api: ApiDescription,
  operation: DescribedOperation,
  { headers: declared }: DescribedResponse,
  { status, headers }: SeenResponse,
): DriftFinding[] {
  return declared.flatMap(({ name, required, schema }) => {
    const value = fieldOf(headers, name.toLowerCase())
    if (value === undefined) {
      const message = `answers ${status} without ${name}, which the document requires`
      return required ? [findingOf('missing-header', operation, status, message)] : []
    }
    const issues = schema ? api.checks.checkTexts(schema, value, 'response') : []
    const message = `answers ${status} with a ${name} that does not fit: ${formatIssues(issues)}`
    return issues.length > 0 ? [findingOf('response-header', operation, status, message, issues)] : []
  })
}

function checkBody(
  api: ApiDescription,
  operation: DescribedOperation,
  declared: DescribedResponse,
  { status, headers, body, isInflated = false }: SeenResponse,
): DriftFinding[] {
  const finding = (kind: DriftKind, message: string, issues: ValueIssue[] = []): DriftFinding[] => [
    findingOf(kind, operation, status, `answers ${status} ${message}`, issues),
  ]
  if (body === null || body?.length === 0) {
    const isWanted = declared.content.some(
      ({ mediaType, schema }) => schema !== null && isJsonType(mediaType),
    )
    return isWanted ? finding('response-body', 'without the body that the document declares') : []
  }
  const essence = essenceOf(fieldOf(headers, 'content-type'))
  if (essence === null)
    return body === undefined ? [] : finding('undocumented-type', 'with a body without a media type')
  const content = findContent(declared.content, essence)
  if (content === null)
    return finding('undocumented-type', `with ${essence}; the document declares ${listed(declared.content)}`)
  if (content.schema === null || body === undefined) return []
  if (!isInflated && isEncoded(headers)) return []
  const issues = checkContent(api, content, essence, body)
  return issues.length > 0
    ? finding('response-body', `with a body that does not fit: ${formatIssues(issues)}`, issues)
    : []
}

function checkContent(
  api: ApiDescription,
  { schema }: DescribedContent,
  essence: string,
  body: Uint8Array,
): ValueIssue[] {
  if (schema === null) return []
  if (!isJsonType(essence)) {
    return essence.startsWith('text/')
      ? api.checks.checkTexts(schema, decodeText(body) ?? '', 'response')
      : []
  }
  const text = decodeText(body)
  if (text === null) return [{ path: '', message: 'is no UTF-8' }]
  try {
    return api.checks.check(schema, JSON.parse(text), 'response')
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return [{ path: '', message: 'is no JSON' }]
  }
}

/** Whether a body is not what it says it is: compressed, mostly. */
export function isEncoded(headers: SeenResponse['headers']): boolean {
  const coding = fieldOf(headers, 'content-encoding')
  return coding !== undefined && coding !== '' && coding.toLowerCase() !== 'identity'
}

function listed(content: readonly DescribedContent[]): string {
  return content.length === 0 ? 'no body' : content.map(({ mediaType }) => mediaType).join(', ')
}
