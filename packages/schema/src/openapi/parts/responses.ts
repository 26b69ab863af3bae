import { STATUS_CODES } from 'node:http'
import type { Operation } from '../../operations/operation.js'
import type { ResponseContract } from '../../types/contract.js'
import type { JsonSchema } from '../../types/json-schema.js'
import type { Schema } from '../../types/schema.js'
import type { MediaTypeObject, ReferenceObject, ResponseObject } from '../types/document.js'
import type { Components } from './components.js'
import { examplesOf } from './examples.js'
import { type Declared, joinedOf } from './joined-responses.js'
import type { ProblemResponses } from './problem-responses.js'
import type { ResponseComponents } from './response-components.js'

/** Without `content` it would say that there is no body. */
const ANYTHING: ResponseObject = {
  description: 'What is answered is not described.',
  content: { '*/*': {} },
}

/** What answers of a document are made with. */
export interface ResponseMaking {
  readonly components: Components
  readonly responses: ResponseComponents
  /** Null where what validation answers by itself is not to be said. */
  readonly problems: ProblemResponses | null
}

/**
 * What an operation answers: what the contracts of all its steps say, and what its validation answers by itself. An error that several of
 * them declare is all that they say.
 */
export function responsesOf(
  operation: Operation,
  making: ResponseMaking,
  hint: string,
): Record<string, ResponseObject | ReferenceObject> {
  const byStatus = declaredOf(operation, making, hint)
  for (const [status, problem] of making.problems?.of(operation) ?? []) {
    byStatus.set(status, [...(byStatus.get(status) ?? []), problem])
  }
  // Of a route that says nothing of its answers nothing is known, and something has to be said.
  const isSilent = Object.keys(operation.contract.response ?? {}).length === 0
  const otherwise: [string, ResponseObject][] = isSilent ? [['default', ANYTHING]] : []
  const described = [...byStatus].map(([status, declared]): [string, ResponseObject | ReferenceObject] => {
    const { name, response } =
      declared.length === 1 ? (declared[0] as Declared) : joinedOf(declared, making.responses)
    return [status, name === null ? response : making.responses.refer(name, response)]
  })
  return Object.fromEntries([...described, ...otherwise])
}

/** By status. Of a success only what the last step says: it is that one which answers. */
function declaredOf(
  { steps }: Operation,
  { components }: ResponseMaking,
  hint: string,
): Map<string, Declared[]> {
  const known = new Map<string, Set<Schema | ResponseContract | null>>()
  for (const { contract } of steps) {
    for (const [status, answer] of Object.entries(contract.response ?? {})) {
      if (answer === undefined) continue
      const before = /^[45]/.test(status) ? (known.get(status) ?? []) : []
      known.set(status, new Set([...before, answer]))
    }
  }
  return new Map(
    [...known].map(([status, answers]): [string, Declared[]] => [
      status,
      [...answers].map((answer) => {
        const contract = contractOf(answer)
        const { name = null } = contract
        return { name, response: responseOf(status, contract, components, name ?? `${hint}${status}`) }
      }),
    ]),
  )
}

function contractOf(answer: Schema | ResponseContract | null): ResponseContract {
  if (answer === null) return {}
  return '~standard' in answer ? { schema: answer } : answer
}

function responseOf(
  status: string,
  contract: ResponseContract,
  components: Components,
  hint: string,
): ResponseObject {
  const { description, headers } = contract
  const content = contentOf(contract, components, hint)
  return {
    description: description ?? descriptionOf(status),
    ...(headers === undefined ? {} : { headers: headersOf(headers, components, hint) }),
    ...(content === null ? {} : { content }),
  }
}

function contentOf(
  { schema, contentType, content, examples }: ResponseContract,
  components: Components,
  hint: string,
): Record<string, MediaTypeObject> | null {
  const shown = examplesOf(examples)
  const mediaOf = (one: Schema | null | undefined, isShown: boolean): MediaTypeObject => ({
    ...(one ? { schema: components.schema(one, 'output', hint) } : {}),
    ...(shown !== undefined && isShown ? { examples: shown } : {}),
  })
  if (content !== undefined) {
    // Examples are values, which only JSON writes as they are.
    return Object.fromEntries(
      Object.entries(content).map(([type, one]) => [type, mediaOf(one, /[/+]json$/i.test(type))]),
    )
  }
  if (!schema && contentType === undefined && shown === undefined) return null
  return { [contentType ?? 'application/json']: mediaOf(schema, true) }
}

const RANGES: Readonly<Record<string, string>> = {
  '1XX': 'Informational',
  '2XX': 'Success',
  '3XX': 'Redirection',
  '4XX': 'Client error',
  '5XX': 'Server error',
}

function descriptionOf(status: string): string {
  return STATUS_CODES[status] ?? RANGES[status] ?? 'Every other answer'
}

function headersOf(
  headers: NonNullable<ResponseContract['headers']>,
  components: Components,
  hint: string,
): NonNullable<ResponseObject['headers']> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, header]) => {
      const { description, schema } = typeof header === 'string' ? { description: header } : header
      const json: JsonSchema =
        schema === undefined ? { type: 'string' } : components.schema(schema, 'output', `${hint}Header`)
      return [name, { ...(description === undefined ? {} : { description }), schema: json }]
    }),
  )
}
