import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, isIPv4 } from 'node:net'

/** What is fuzzed: an application of Nozomi or Express, or the URL that one is served under. */
export type FuzzTarget = RequestListener | string | URL

/** A target that can be asked. */
export interface OpenTarget {
  readonly base: URL
  /** Whether it runs in this process. */
  readonly isOwn: boolean
  close(): Promise<void>
}

/** Lets an application listen on a free port of the loopback interface; a URL is taken as it is. */
export async function openTarget(target: FuzzTarget, serverPath: string): Promise<OpenTarget> {
  if (typeof target !== 'function') {
    const base = new URL(target)
    if (base.protocol !== 'http:' && base.protocol !== 'https:') {
      throw new TypeError(`The target must be an application or a URL of HTTP, not ${base.href}`)
    }
    if (base.pathname === '/') base.pathname = serverPath
    return { base, isOwn: false, close: () => Promise.resolve() }
  }
  const server = createServer()
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(0, '127.0.0.1', listening)
  })
  // After it listens: who holds servers back knows them by their listeners.
  server.on('request', target)
  const { port } = server.address() as AddressInfo
  const close = (): Promise<void> =>
    new Promise((closed) => {
      server.close(() => closed())
      server.closeAllConnections()
    })
  return { base: new URL(`http://127.0.0.1:${port}${serverPath}`), isOwn: true, close }
}

/** Whether a URL leads to this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'))
}

/**
 * Tells of what nobody catches in this process, as long as it runs: an application that throws outside of its handlers would end
 * it.
 *
 * @returns what ends the watch
 */
export function watchCrashes(onCrash: (error: unknown) => void): () => void {
  process.on('uncaughtException', onCrash)
  return () => {
    process.off('uncaughtException', onCrash)
  }
}
