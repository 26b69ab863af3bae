import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { createInspector, type InspectorOptions } from '#dist/inspector/inspector.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { ROOT } from './bookshop.mjs'
import { FakeSource } from './fake-source.mjs'

export interface Serving {
  readonly source: FakeSource
  readonly server: Server
  /** `http://localhost:1234`, without a slash. */
  readonly origin: string
  readonly page: string
  close(): Promise<void>
}

export interface ServingOptions extends Partial<InspectorOptions> {
  readonly on?: (typeof FRAMEWORKS)[number]['framework']
  readonly source?: FakeSource
  /** Below which path the inspector is used. */
  readonly mount?: string
  /** What an application adds before the inspector and after it. */
  readonly before?: (app: App) => void
}

type App = ReturnType<(typeof FRAMEWORKS)[number]['framework']>

/** An application that has an inspector, on a free port. */
export async function serve(options: ServingOptions = {}): Promise<Serving> {
  const {
    on = FRAMEWORKS[0]?.framework,
    source = new FakeSource(),
    mount = '/',
    before,
    ...inspect
  } = options
  if (on === undefined) throw new Error('there is no framework')
  const app = on()
  before?.(app)
  const inspector = createInspector(source, {
    isProduction: false,
    root: ROOT,
    application: 'bookshop',
    ...inspect,
  })
  if (inspector !== null) app.use(mount, inspector.middleware)
  app.get('/hello', (_req, res) => res.json({ hello: 'world' }))
  const server = app.listen(0)
  await once(server, 'listening')
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return {
    source,
    server,
    origin,
    page: `${origin}${mount === '/' ? '' : mount}${inspect.path ?? '/_inspector'}`,
    close,
  }
}
