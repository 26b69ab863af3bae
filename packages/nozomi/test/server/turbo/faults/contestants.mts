import { once } from 'node:events'
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { createSecureTurboServer, createTurboServer } from '#dist/server/turbo/server.js'
import { CERTIFICATE, KEY } from '../../../support/certificate.mjs'

/** A way to make a server: ours, or node's, which is the oracle. */
export interface Contestant {
  name: 'node:http' | 'turbo'
  create(options: ServerOptions, listener?: RequestListener): Server
  /** The same, with TLS. */
  createSecure(options: ServerOptions, listener?: RequestListener): Server
}

const TLS = { key: KEY, cert: CERTIFICATE }

export const node: Contestant = {
  name: 'node:http',
  create: (...args) => createServer(...args),
  createSecure: (options, listener) => https.createServer({ ...options, ...TLS }, listener),
}
export const turbo: Contestant = {
  name: 'turbo',
  create: (...args) => createTurboServer(...args) as Server,
  createSecure: (options, listener) => createSecureTurboServer({ ...options, ...TLS }, listener),
}

/** What must hold on both. */
export const contestants: readonly Contestant[] = [node, turbo]

/** Listens on a free port; the server and all its connections are closed when the test ends. */
export async function listening(t: Pick<TestContext, 'after'>, server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => closed(server))
  return (server.address() as AddressInfo).port
}

export async function closed(server: Server): Promise<void> {
  const done = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await done
}

/** How many connections the server counts. */
export function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)))
  })
}
