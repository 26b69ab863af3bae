import { createServer, type RequestListener, type Server } from 'node:http'
import { isHttpServer } from './free-ports.js'

/*
 * What a file exports that does not listen itself: an application, a server, a listener of requests, or a function that
 * makes one of them.
 */

/** The names under which it is looked for, in this order. */
const NAMES = [
  'default',
  'module.exports',
  'app',
  'application',
  'server',
  'createApp',
  'buildApp',
  'handler',
] as const

interface Listenable {
  listen(port: number): unknown
}

/** Gives what could be served, as it stands; null when there is nothing. */
export function findExport(exports: unknown): unknown {
  if (typeof exports === 'function' || isListenable(exports)) return exports
  if (typeof exports !== 'object' || exports === null) return null
  const named = exports as Record<string, unknown>
  for (const name of NAMES) {
    const value = named[name]
    if (typeof value === 'function' || isListenable(value)) return value
    // `export default { app }`, and what a compiler makes of it.
    if (name === 'default' && typeof value === 'object' && value !== null) return findExport(value)
  }
  return null
}

/**
 * Makes it listen. A function with less than two parameters makes the application; it may listen itself.
 *
 * @returns the application; null when it is no thing that could be served
 */
export async function serveExport(exported: unknown, hasListened: () => boolean): Promise<unknown> {
  const value: unknown = isFactory(exported) ? await exported() : exported
  if (hasListened()) return value
  const found = isFactory(value) ? null : findExport(value)
  if (isListenable(found)) found.listen(0)
  else if (typeof found === 'function') createServer(found as RequestListener).listen(0)
  else return null
  return found
}

function isFactory(value: unknown): value is () => unknown {
  return typeof value === 'function' && !isListenable(value) && value.length < 2
}

function isListenable(value: unknown): value is Listenable | Server {
  if (isHttpServer(value)) return true
  const { listen, handle } = (value ?? {}) as { listen?: unknown; handle?: unknown }
  return typeof value === 'function' && typeof listen === 'function' && typeof handle === 'function'
}
