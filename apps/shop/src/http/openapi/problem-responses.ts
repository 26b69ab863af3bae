import type { ProblemKind } from '../problems/problem.js'
import { PROBLEMS } from '../problems/problem-catalogue.js'
import type { ApiVersion } from '../versions/api-version.js'
import type { JsonSchema } from './components.js'
import type { OperationDescription } from './operation.js'

export const PROBLEM_SCHEMA: JsonSchema = {
  type: 'object',
  description: 'RFC 9457. `issues` names each field that is wrong, and what would be right.',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string', description: 'The address of its explanation.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    issues: { type: 'array', items: { $ref: '#/components/schemas/Issue' } },
  },
}

export const ISSUE_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['in', 'path', 'code', 'message'],
  properties: {
    in: { enum: ['body', 'cookies', 'files', 'headers', 'params', 'query'] },
    path: {
      type: 'array',
      items: { type: ['string', 'integer'] },
      description: 'The keys that lead to it, such as `["price", "amount"]`; empty for the whole.',
    },
    code: { type: 'string', description: 'What is wrong, for programs: `required`, `too_big`.' },
    message: { type: 'string', description: 'For people.' },
  },
}

const RETRY_AFTER = { 'Retry-After': 'In how many seconds it is worth trying again.' }

/** Fields that go with a problem, by its code. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  unauthenticated: { 'WWW-Authenticate': 'How to say who one is.' },
  'unsupported-media-type': { Accept: 'What is understood.' },
  'too-many-requests': RETRY_AFTER,
  'storage-unavailable': RETRY_AFTER,
}

/**
 * All that may go wrong with an operation: what its description names, and what follows of what it is and of all that
 * stands before its route (shop-application.ts, api.ts, guard-application.ts).
 */
export function problemsOf(
  operation: OperationDescription,
  version: ApiVersion | null,
): readonly ProblemKind[] {
  return [
    ...badRequestsOf(operation, version),
    ...refusalsOf(operation, version),
    ...(operation.errors ?? []),
    PROBLEMS['too-many-requests'],
    PROBLEMS['internal-error'],
    PROBLEMS['storage-unavailable'],
  ]
}

function badRequestsOf(
  { path, parameters, body, answers }: OperationDescription,
  version: ApiVersion | null,
): ProblemKind[] {
  const kinds: ProblemKind[] = []
  const isJson = body !== undefined && (body.types?.some((type) => type.endsWith('json')) ?? true)
  // One with a 400 of its own says in its own words what is wrong.
  const readsInput = body !== undefined || (parameters !== undefined && !(400 in answers))
  if (version !== null || readsInput) kinds.push(PROBLEMS['invalid-input'])
  if (isJson) kinds.push(PROBLEMS['malformed-json'])
  if (body !== undefined || path.includes('{') || parameters?.path !== undefined)
    kinds.push(PROBLEMS['malformed-request'])
  return kinds
}

function refusalsOf(
  { method, security, body, answers }: OperationDescription,
  version: ApiVersion | null,
): ProblemKind[] {
  const kinds: ProblemKind[] = []
  if (security !== undefined && security !== 'session-if-any' && security !== 'refresh-if-any')
    kinds.push(PROBLEMS.unauthenticated)
  if (typeof security === 'object') kinds.push(PROBLEMS.forbidden)
  if (method !== 'get') kinds.push(PROBLEMS['forged-request'])
  if (body !== undefined) kinds.push(PROBLEMS['body-too-large'], PROBLEMS['unsupported-media-type'])
  // Where there are versions, `Accept` may name one that there is not.
  const isShown = Object.values(answers).some(({ shown }) => shown !== undefined)
  if (version !== null || isShown) kinds.push(PROBLEMS['not-acceptable'])
  return kinds
}

export interface ProblemResponse {
  readonly codes: readonly string[]
  readonly response: {
    readonly description: string
    readonly headers?: object
    readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>>
  }
}

/** The responses of problems; what several operations have in common stands in the components once. */
export class ProblemResponses {
  readonly #shared = new Map<string, ProblemResponse>()

  /** By status; several problems may have one. */
  of(kinds: readonly ProblemKind[]): ReadonlyMap<number, ProblemResponse> {
    const byCode = new Map(kinds.map((kind) => [kind.code, kind]))
    const byStatus = new Map<number, ProblemKind[]>()
    for (const kind of byCode.values())
      byStatus.set(kind.status, [...(byStatus.get(kind.status) ?? []), kind])
    return new Map([...byStatus].map(([status, same]) => [status, responseOf(same)]))
  }

  /** A reference to one. */
  share(response: ProblemResponse): { readonly $ref: string } {
    const name = response.codes.join('.')
    this.#shared.set(name, response)
    return { $ref: `#/components/responses/${name}` }
  }

  /** Those that were shared, by name, in the order of the alphabet. */
  get responses(): Readonly<Record<string, object>> {
    const entries = [...this.#shared].toSorted(([left], [right]) => (left < right ? -1 : 1))
    return Object.fromEntries(entries.map(([name, { response }]) => [name, response]))
  }
}

function responseOf(kinds: readonly ProblemKind[]): ProblemResponse {
  const fields = Object.assign({}, ...kinds.map(({ code }) => FIELDS[code])) as Record<string, string>
  const headers = Object.entries(fields).map(([name, description]) => [
    name,
    { description, schema: { type: 'string' } },
  ])
  const codes = kinds.map(({ code }) => code)
  const properties = { code: { enum: codes } }
  const schema = { allOf: [{ $ref: '#/components/schemas/Problem' }, { type: 'object', properties }] }
  const response = {
    description: kinds.map(({ code, title }) => `\`${code}\`: ${title}.`).join(' '),
    ...(headers.length > 0 && { headers: Object.fromEntries(headers) as object }),
    content: { 'application/problem+json': { schema } },
  }
  return { codes, response }
}
