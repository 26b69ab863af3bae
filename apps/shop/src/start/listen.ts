import type { Server } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
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
 */
export function assertFree(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => reject(listenError(error, host, port)))
    probe.listen(port, host, () => probe.close(() => resolve()))
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
