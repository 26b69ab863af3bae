import type { Operation } from '../../operations/operation.js'
import type { JsonSchema } from '../../types/json-schema.js'
import type { ResponseObject } from '../types/document.js'
import type { Components } from './components.js'

/** The shape of a problem, RFC 9457 §3, with what validation adds. */
const PROBLEM: JsonSchema = {
  type: 'object',
  description: 'What went wrong, as RFC 9457 says it.',
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'What kind of problem it is.' },
    title: { type: 'string', description: 'The same for every problem of this kind.' },
    status: { type: 'integer', description: 'The status of the answer.' },
    detail: { type: 'string', description: 'What went wrong this time, for people.' },
    instance: { type: 'string', format: 'uri-reference' },
    issues: {
      type: 'array',
      description: 'Each thing that is wrong with the request.',
      items: {
        type: 'object',
        properties: {
          in: { type: 'string', description: '`params`, `query`, `headers`, `cookies`, `body` or `files`.' },
          path: {
            type: 'array',
            items: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
            description: 'The keys that lead to the value.',
          },
          code: { type: 'string', description: 'For programs: it stays the same.' },
          message: { type: 'string', description: 'For people: it may change.' },
        },
        required: ['in', 'path', 'code', 'message'],
      },
    },
  },
  required: ['type', 'title', 'status'],
}

const ANSWERS = {
  '400': {
    name: 'InvalidRequest',
    description: 'The request is not what the route takes: `issues` says why.',
  },
  '413': { name: 'ContentTooLarge', description: 'The body is larger than is taken.' },
  '415': { name: 'UnsupportedMediaType', description: 'The body has a media type that is not taken.' },
  '422': {
    name: 'UnprocessableContent',
    description: 'The request is not what the route takes: `issues` says why.',
  },
} as const

type Status = keyof typeof ANSWERS

/** One answer of validation, that operations share. */
export interface ProblemResponse {
  readonly name: string
  readonly response: ResponseObject
}

/** What validation answers by itself. */
export class ProblemResponses {
  readonly #components: Components

  constructor(components: Components) {
    this.#components = components
  }

  /** Those of an operation, by status; none of one without a contract, nor for what its validation declares itself. */
  of({ steps, contract, method }: Operation): [Status, ProblemResponse][] {
    const own = steps.filter(({ source }) => source === 'contract')
    const validating = own.filter(({ contract: one }) =>
      [one.params, one.query, one.headers, one.cookies, one.body, one.files].some(
        (part) => part !== undefined,
      ),
    )
    if (validating.length === 0) return []
    const statuses = new Set<Status>(
      validating.map(({ options }) => (options?.status === 422 ? '422' : '400') satisfies Status),
    )
    const hasBody = (contract.body !== undefined && contract.body !== null) || contract.files !== undefined
    if (hasBody && method !== 'GET' && method !== 'HEAD') {
      // A body that can't be parsed is 400, whatever one is answered with that does not pass.
      for (const status of ['400', '413', '415'] as const) statuses.add(status)
    }
    const declared = new Set(validating.flatMap(({ contract: one }) => Object.keys(one.response ?? {})))
    return [...statuses]
      .filter((status) => !declared.has(status))
      .toSorted()
      .map((status) => [status, this.#responseOf(status)])
  }

  #responseOf(status: Status): ProblemResponse {
    const { name, description } = ANSWERS[status]
    const schema = this.#components.add('Problem', PROBLEM)
    return { name, response: { description, content: { 'application/problem+json': { schema } } } }
  }
}
