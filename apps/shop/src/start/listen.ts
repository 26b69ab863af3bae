import type { Server } from 'node:http'
import { type AddressInfo, connect, createServer } from 'node:net'
import { StartError } from '../platform/configuration/start-error.js'

interface Listener {
  listen(port: number, host: string, callback: (error?: Error) => void): Server
}

/** Listens; throws a StartError that names the variable when that can't be. */
export function listen(app: Listener, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, host, (error) => {
      if (error) reject(listenError(error, host, port))
      else resolve(server)
    })
  })
}

/**
 * Throws what `listen` would throw. Asked before the database is opened: who starts the shop a second time learns
 * about the port, at once, and not about the data folder.
 *
 * It asks without listening on the port: a balancer that knows it would take that for the shop, and lose the requests
 * that it sends when the port is let go again.
 */
export async function assertFree(host: string, port: number): Promise<void> {
  const refuse = (error: Error): never => {
    throw listenError(error, host, port)
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

/** The address to be opened in a browser. */
export function addressOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo
  const isAny = address === '0.0.0.0' || address === '::'
  const host = isAny ? 'localhost' : family === 'IPv6' ? `[${address}]` : address
  return `http://${host}:${port}`
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartError(
        `port ${port} of ${host} is in use.\nStop what listens there, or choose another one: PORT=${port + 1} npm start`,
      )
    case 'EACCES':
      return new StartError(
        `port ${port} is reserved on this machine; choose another one, above 1023, with PORT`,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartError(
        `HOST is "${host}", which is no address of this machine; 127.0.0.1 and 0.0.0.0 always are`,
      )
    default:
      return error
  }
}
