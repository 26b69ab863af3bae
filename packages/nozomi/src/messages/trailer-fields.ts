import { carrier, type Carried } from './carrier.js'
import type { OutgoingState } from './node-state.js'

/*
 * What has no place in a trailer section, of a request or of a response.
 */

/**
 * RFC 9110 §6.5.1: fields that say where a message ends, for whom it is, how it is to be handled, who sends it or what
 * its content is. Security: a proxy that checked the head has not checked these, and an application that merges
 * trailers into the fields would believe them.
 */
// biome-ignore format: a table
const FORBIDDEN = new Set([
  'transfer-encoding', 'content-length', 'host', 'connection', 'keep-alive', 'proxy-connection',
  'upgrade', 'te', 'trailer', 'expect', 'max-forwards', 'cache-control', 'pragma', 'range',
  'if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since', 'if-range',
  'authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'www-authenticate',
  'content-encoding', 'content-type', 'content-range',
])

/** Whether a field has no place in a trailer section. */
export function isForbiddenTrailer(name: string): boolean {
  return FORBIDDEN.has(name.toLowerCase())
}

/** The method that an override stands before, looked up when it is called. */
type NextMethod = (name: 'addTrailers') => (...args: never[]) => unknown

/** What handlers write is held to the same rule, on responses that a carrier brings; names and values node checks. */
export function createTrailerOverrides(next: NextMethod): object {
  return {
    addTrailers(this: OutgoingState & Carried, trailers: object): unknown {
      if (this[carrier]) assertTrailers(trailers)
      return next('addTrailers').call(this, ...([trailers] as never[]))
    },
  }
}

function assertTrailers(trailers: object): void {
  const names: unknown[] = Array.isArray(trailers) ? trailers.map((pair) => pair?.[0]) : Object.keys(trailers)
  for (const name of names) {
    if (!isForbiddenTrailer(String(name))) continue
    const error = new Error(`The field "${String(name)}" has no place in a trailer section`)
    throw Object.assign(error, { code: 'ERR_HTTP_TRAILER_INVALID' })
  }
}
