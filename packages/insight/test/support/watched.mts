import { readFileSync } from 'node:fs'
import { Agent, request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { Incident, RequestRecord } from '#dist/types/record.js'
import type { Place } from '#dist/types/place.js'
import type { Watch, WatchOptions } from '#dist/types/watch.js'
import { createWatch } from '#dist/watch/create-watch.js'
import { FRAMEWORKS } from './frameworks.mjs'

export { FRAMEWORKS as WATCHED } from './frameworks.mjs'

type Framework = (typeof FRAMEWORKS)[number]['framework']
type Application = ReturnType<Framework>

export interface Answer {
  status: number
  fields: IncomingHttpHeaders
  body: string
}

export interface Watched {
  readonly app: Application
  readonly watch: Watch
  readonly server: Server
  readonly port: number
  /** What `report` was called with. */
  readonly reported: Incident[]
  get(
    path: string,
    init?: { method?: string; fields?: Record<string, string>; body?: string },
  ): Promise<Answer>
  /** Asks, and does not wait for an answer; the connection is closed at the end of the test. */
  begin(path: string): void
  /** Waits until something was reported that the function looks for. */
  incident(look: (incident: Incident) => boolean): Promise<Incident>
  /** The last request of a path that is over. */
  over(path: string): Promise<RequestRecord>
}

/** An application that is watched and listens on a free port until the test ends. */
export async function watched(
  t: TestContext,
  framework: Framework,
  build: (app: Application, express: Framework) => void,
  options: WatchOptions = {},
): Promise<Watched> {
  const app = framework()
  app.set('env', 'test')
  const reported: Incident[] = []
  // A busy machine stops a process in the midst of a handler.
  const calm = { blockedMs: 0, report: (incident: Incident) => reported.push(incident) }
  const watch = createWatch(app as never, { ...calm, ...options })
  build(app, framework)
  const server = app.listen(0, '127.0.0.1') as unknown as Server
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true })
  t.after(() => {
    watch.stop()
    agent.destroy()
    server.closeAllConnections()
    server.close()
  })
  return {
    app,
    watch,
    server,
    port,
    reported,
    get: (path, init = {}) => ask(port, path, init, agent),
    begin: (path) => {
      const req = httpRequest({ port, host: '127.0.0.1', path, agent: false })
      req.on('error', () => {})
      req.on('response', (res) => res.resume().on('error', () => {}))
      req.end()
    },
    incident: (look) => until(() => reported.find(look)),
    over: (path) =>
      until(() => watch.records().findLast(({ url, outcome }) => url === path && outcome !== 'running')),
  }
}

async function ask(
  port: number,
  path: string,
  init: { method?: string; fields?: Record<string, string>; body?: string },
  agent: Agent,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = init.fields ?? {}
    const req = httpRequest({ port, host: '127.0.0.1', path, method: init.method ?? 'GET', headers, agent })
    req.on('error', reject)
    req.on('response', (res) => {
      text(res).then((body) => resolve({ status: res.statusCode ?? 0, fields: res.headers, body }), reject)
    })
    req.end(init.body)
  })
}

type Maybe<Value> = Value | undefined | false | null

/** Asks again and again until there is something; the limit is far beyond what anything here takes. */
export async function until<Value>(ask: () => Maybe<Value> | Promise<Maybe<Value>>): Promise<Value> {
  const end = Date.now() + 20_000
  for (;;) {
    const value = await ask()
    if (value) return value
    if (Date.now() > end) throw new Error('nothing came')
    await delay(5)
  }
}

/** The line of source that a place names. */
export function lineAt(place: Place | null | undefined): string {
  if (!place) return '(no place)'
  return readFileSync(place.file, 'utf8').split('\n')[place.line - 1] ?? '(no such line)'
}
