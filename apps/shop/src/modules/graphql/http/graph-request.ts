import type { RequestParams } from 'graphql-http'
import type { Request } from '../../../http/framework.js'

const SHOWN_CHARACTERS = 60

/** What a client did wrong before there was a query to look at. */
export class BadGraphRequest extends Error {
  override readonly name = 'BadGraphRequest'
  readonly field: string
  readonly problem: string
  readonly expected: string

  constructor(field: string, problem: string, expected: string) {
    super(`${field} ${problem}; expected ${expected}.`)
    this.field = field
    this.problem = problem
    this.expected = expected
  }
}

type Fields = Readonly<Record<string, unknown>>

const OBJECT = 'an object, such as {"first":3}'
const EXPECTED = {
  query: 'a query of GraphQL as text, such as "{ categories { slug } }"',
  operationName: 'the name of an operation in the query',
  variables: OBJECT,
  extensions: OBJECT,
} as const

type Name = keyof typeof EXPECTED

/** What is asked for: in the address, or in the body when it was sent. Throws BadGraphRequest. */
export function readGraphRequest(req: Request): RequestParams {
  const fields = req.method === 'POST' ? fieldsOfBody(req.body) : fieldsOfAddress(req.url)
  const { query, operationName, variables, extensions } = fields
  if (typeof query !== 'string') throw refused('query', query)
  if (!isAbsent(operationName) && typeof operationName !== 'string')
    throw refused('operationName', operationName)
  if (!isAbsent(variables) && !isObject(variables)) throw refused('variables', variables)
  if (!isAbsent(extensions) && !isObject(extensions)) throw refused('extensions', extensions)
  return { query, operationName, variables, extensions }
}

function fieldsOfBody(body: unknown): Fields {
  if (isObject(body)) return body
  const problem = Array.isArray(body) ? 'is a list; one query is answered at a time' : described(body)
  throw new BadGraphRequest('body', problem, 'a JSON object such as {"query":"{ categories { slug } }"}')
}

function fieldsOfAddress(url: string): Fields {
  const at = url.indexOf('?')
  const parameters = new URLSearchParams(at === -1 ? '' : url.slice(at))
  const only = (name: Name): string | undefined => {
    const values = parameters.getAll(name)
    if (values.length > 1) throw new BadGraphRequest(name, `is given ${values.length} times`, EXPECTED[name])
    return values[0]
  }
  const parsed = (name: Name): unknown => {
    const text = only(name)
    if (text === undefined || text === '') return undefined
    try {
      return JSON.parse(text) as unknown
    } catch {
      throw refused(name, text)
    }
  }
  return {
    query: only('query'),
    operationName: only('operationName'),
    variables: parsed('variables'),
    extensions: parsed('extensions'),
  }
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refused(name: Name, value: unknown): BadGraphRequest {
  return new BadGraphRequest(name, described(value), EXPECTED[name])
}

function described(value: unknown): string {
  if (value === undefined) return 'is missing'
  if (Array.isArray(value)) return 'is a list'
  if (isObject(value)) return 'is an object'
  const text = JSON.stringify(value)
  return text.length > SHOWN_CHARACTERS ? `has ${text.length} characters` : `is ${text}`
}
