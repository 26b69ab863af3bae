import { once } from 'node:events'
import { createServer, request, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { TestContext } from 'node:test'

const require = createRequire(import.meta.url)

type Nozomi = typeof import('nozomi').default

/** Every behaviour is played on both. */
export const FRAMEWORKS: readonly { name: 'nozomi' | 'express'; express: Nozomi }[] = [
  { name: 'nozomi', express: require('nozomi') as Nozomi },
  { name: 'express', express: require('express') as Nozomi },
]

export const MODES = ['validate', 'serialize'] as const

export interface Answered {
  status: number
  fields: IncomingHttpHeaders
  body: string
}

export interface Played {
  ask(path: string, init?: { method?: string; fields?: Record<string, string> }): Promise<Answered>
  /** What reached the error handler of the application. */
  readonly errors: any[]
}

/** Lets an application listen for a test; an error handler of its own answers what nobody else has. */
export async function play(
  t: TestContext,
  express: Nozomi,
  build: (app: any, express: Nozomi) => void,
): Promise<Played> {
  const errors: any[] = []
  const app: any = express()
  app.set('env', 'test')
  build(app, express)
  app.use((error: any, _req: unknown, res: any, _next: unknown) => {
    errors.push(error)
    res.status(error.status ?? 500).json({ error: error.message, private: true })
  })
  const server = createServer(app as RequestListener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    errors,
    async ask(path, { method = 'GET', fields = {} } = {}) {
      const asked = request({ host: '127.0.0.1', port, path, method, headers: fields, agent: false })
      asked.end()
      const [answer] = await once(asked, 'response')
      return { status: answer.statusCode, fields: answer.headers, body: await text(answer) }
    },
  }
}
