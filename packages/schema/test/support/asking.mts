import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { problems } from '#dist/index.js'

export interface Question {
  readonly method?: string
  readonly headers?: Record<string, string>
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as a form. */
  readonly form?: string
  readonly body?: RequestInit['body']
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly type: string | null
  /** Of JSON; else the text. */
  readonly body: any
}

export type Ask = (path: string, question?: Question) => Promise<Answer>

/** Lets an application listen as long as a test runs, and gives what asks it. */
export async function asking(t: TestContext, app: unknown): Promise<Ask> {
  const server = createServer(app as RequestListener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return async function ask(path, question = {}) {
    const answer = await fetch(origin + path, requestOf(question))
    const text = await answer.text()
    const type = answer.headers.get('content-type')
    const body = type?.includes('json') && text !== '' ? JSON.parse(text) : text
    return { status: answer.status, headers: answer.headers, type, body }
  }
}

function requestOf({ method, headers, json, form, body }: Question): RequestInit {
  if (json !== undefined) {
    const text = typeof json === 'string' ? json : JSON.stringify(json)
    return {
      method: method ?? 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: text,
    }
  }
  if (form !== undefined) {
    const type = 'application/x-www-form-urlencoded'
    return { method: method ?? 'POST', headers: { 'content-type': type, ...headers }, body: form }
  }
  return {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: headers ?? {},
    body: body ?? null,
  }
}

/** An application that tells its 5xx nobody, with parsers, and `problems()` behind what `build` adds. */
export function applicationOf(express: any, build: (app: any) => void): any {
  const app = express()
  app.set('env', 'test')
  app.use(express.json())
  app.use(express.urlencoded({ extended: true }))
  build(app)
  app.use(problems())
  return app
}

/** Answers with what handlers see. */
export function echo(req: any, res: any): void {
  const { params, query, body, cookies, valid } = req
  res.json({ params, query, body, cookies, valid })
}

/** Issues as lines: `body.name required`. */
export function lines(answer: Answer): string[] {
  return (answer.body.issues ?? []).map(
    (issue: { in: string; path: unknown[]; code: string }) =>
      `${[issue.in, ...issue.path].join('.')} ${issue.code}`,
  )
}
