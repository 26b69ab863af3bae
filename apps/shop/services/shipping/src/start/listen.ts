import type { Server as HttpServer } from 'node:http'
import { type AddressInfo, connect, createServer, isIPv6 } from 'node:net'
import { type Server as GrpcServer, ServerCredentials } from '@grpc/grpc-js'
import type { Express } from 'nozomi'
import { StartError } from '../process/start-error.js'

/** Longer than HTTP clients keep a connection, so that they close it and not we, while a request is on its way. */
const KEEP_ALIVE_MS = 65_000
/** Security: how long a client may take to send its head, and all of its request. */
const HEAD_LIMIT_MS = 10_000
const REQUEST_LIMIT_MS = 20_000

/**
 * Throws a StartError that names the variable when nothing can listen there. Asked before anything is opened: who
 * starts the service a second time learns about the port, and not about the data.
 *
 * It asks without listening on the port, since clients would take that for the service.
 */
export async function assertFree(host: string, port: number, variable: string): Promise<void> {
  const refuse = (error: Error): never => {
    throw listenError(error, host, port, variable)
  }
  const address = await boundAddress(host).catch(refuse)
  if (port !== 0 && (await isTaken(address, port)))
    refuse(Object.assign(new Error('in use'), { code: 'EADDRINUSE' }))
}

/** The address that a host stands for, which must be one of this machine. */
function boundAddress(host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, host, () => {
      const { address } = probe.address() as AddressInfo
      probe.close(() => resolve(address))
    })
  })
}

/** Whether somebody listens there; of all addresses (0.0.0.0), on that of the machine itself. */
function isTaken(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(port, address)
    probe.once('error', () => resolve(false))
    probe.once('connect', () => {
      probe.destroy()
      resolve(true)
    })
  })
}

export function listenHttp(app: Express, host: string, port: number): Promise<HttpServer> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, host, (error?: Error) => {
      if (error) reject(listenError(error, host, port, 'SHIPPING_HTTP_PORT'))
      else resolve(server)
    })
    server.keepAliveTimeout = KEEP_ALIVE_MS
    server.headersTimeout = HEAD_LIMIT_MS
    server.requestTimeout = REQUEST_LIMIT_MS
  })
}

/** Gives the port that it listens on. */
export function listenGrpc(server: GrpcServer, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`${inAddress(host)}:${port}`, ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error)
      else resolve(bound)
    })
  })
}

export function portOf(server: HttpServer): number {
  return (server.address() as AddressInfo).port
}

/** A host as it stands before a port: `[::1]`. */
export function inAddress(host: string): string {
  return isIPv6(host) ? `[${host}]` : host
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number, variable: string): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartError(
        `port ${port} of ${host} is in use. Stop what listens there, or choose another one: ${variable}=${port + 10}`,
      )
    case 'EACCES':
      return new StartError(`port ${port} is reserved on this machine; choose another one with ${variable}`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartError(
        `SHIPPING_HOST is "${host}", which is no address of this machine; 127.0.0.1 and 0.0.0.0 always are`,
      )
    default:
      return error
  }
}
