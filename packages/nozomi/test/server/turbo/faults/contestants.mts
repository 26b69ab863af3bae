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
  /** Whether its clients are to speak TLS. */
  isSecure: boolean
  create(options: ServerOptions, listener?: RequestListener): Server
}

export const node: Contestant = {
  name: 'node:http',
  isSecure: false,
  create: (...args) => createServer(...args),
}
export const turbo: Contestant = {
  name: 'turbo',
  isSecure: false,
  create: (...args) => createTurboServer(...args) as Server,
}

/** What must hold on both. */
export const contestants: readonly Contestant[] = [node, turbo]

/** How the bytes travel, and the two that speak so. */
export interface Wire {
  /** For titles. */
  over: '' | ', over TLS'
  node: Contestant
  turbo: Contestant
}

const TLS = { key: KEY, cert: CERTIFICATE }

export const plainly: Wire = { over: '', node, turbo }

export const securely: Wire = {
  over: ', over TLS',
  node: {
    name: 'node:http',
    isSecure: true,
    create: (options, listener) => https.createServer({ ...options, ...TLS }, listener),
  },
  turbo: {
    name: 'turbo',
    isSecure: true,
    create: (options, listener) => createSecureTurboServer({ ...options, ...TLS }, listener),
  },
}

export const wires: readonly Wire[] = [plainly, securely]

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
