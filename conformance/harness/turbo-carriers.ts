import type { Server } from 'node:http'
import type { Carrier, Served } from './carrier.js'
import { host, lineOf } from './node-carriers.js'
import { loadFactory, subjectName } from './subject.js'

/** The application's own `listen`, on turbo; what has none is handed to a turbo server. */
export const turboCarrier: Carrier = {
  name: 'turbo',
  isTurbo: true,
  open: (app) => lineOf(isApplication(app) ? app.listen({ port: 0, host, server: 'turbo' }) : serve(app)),
}

/** A turbo server whose listener calls the application: nothing about it betrays the application. */
export const turboWrappedCarrier: Carrier = {
  name: 'turbo-wrapped',
  isTurbo: true,
  open: (app) => lineOf(serve((req, res) => app(req, res))),
}

type Application = Served & { listen(options: { port: number; host: string; server: 'turbo' }): Server }

function isApplication(app: Served | Application): app is Application {
  return 'handle' in app
}

interface TurboFactory {
  createServer(listener: Served, options: { server: 'turbo' }): Server
}

function serve(listener: Served): Server {
  const { createServer } = loadFactory(subjectName) as unknown as TurboFactory
  return createServer(listener, { server: 'turbo' }).listen(0, host)
}
