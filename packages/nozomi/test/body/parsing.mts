import type { TestContext } from 'node:test'
import nozomi from 'nozomi'
import { type Answer, type Client, listen, type RequestInit } from '../support/serve.mjs'

/*
 * An application that parses bodies and says what came of it.
 */

type Middleware = (req: never, res: never, next: never) => unknown

/** What is said of an error, as far as the error has it. */
const FIELDS = [
  'name',
  'message',
  'status',
  'statusCode',
  'expose',
  'type',
  'code',
  'body',
  'limit',
  'length',
  'expected',
  'received',
  'charset',
  'encoding',
] as const

export type Told = { [field in (typeof FIELDS)[number]]?: unknown }

export interface Outcome {
  status: number
  headers: Answer['headers']
  /** What `req.body` was; Buffers as hexadecimal digits. */
  body?: unknown
  error?: Told
}

export interface Parsing extends Client {
  /** All errors that reached the error handler. */
  errors: Error[]
  post(body: string | Buffer, headers?: Record<string, string>): Promise<Outcome>
}

/** Serves an application with the given parsers until the test ends. */
export async function parsing(t: TestContext, ...parsers: Middleware[]): Promise<Parsing> {
  const app = nozomi()
  const errors: Error[] = []
  for (const parser of parsers) app.use(parser as never)
  app.use((req, res) => {
    const { body } = req as { body?: unknown }
    res.json({ body: Buffer.isBuffer(body) ? body.toString('hex') : body })
  })
  app.use((error: Error, _req: unknown, res: nozomi.Response, _next: unknown) => {
    errors.push(error)
    const told = Object.fromEntries(FIELDS.map((field) => [field, (error as never)[field]]))
    res.status((error as { status?: number }).status ?? 500).json({ error: told })
  })
  const client = await listen(t, app)
  return { ...client, errors, post: (body, headers) => post(client, body, headers) }
}

async function post(client: Client, body: string | Buffer, headers = {}): Promise<Outcome> {
  const init: RequestInit = { method: 'POST', headers, body }
  const answer = await client.get('/', init)
  return { status: answer.status, headers: answer.headers, ...JSON.parse(answer.body) }
}

export const JSON_TYPE = { 'Content-Type': 'application/json' }
export const FORM_TYPE = { 'Content-Type': 'application/x-www-form-urlencoded' }
export const TEXT_TYPE = { 'Content-Type': 'text/plain' }
export const BYTES_TYPE = { 'Content-Type': 'application/octet-stream' }
