import type { IncomingMessage, ServerResponse } from 'node:http'
import { createError } from '../errors/catalogue.js'
import { connectionFields } from '../http/connection-fields.js'
import { isHost } from '../http/host.js'
import { hasBody } from '../http/media-type-match.js'
import { bodyOf } from './request-body.js'

/** What a request of Express has, and one of node's may lack. */
type Source = IncomingMessage & { originalUrl?: string; protocol?: string; host?: string | undefined }

/** Those that a Request refuses. */
const REFUSED = new Set(['CONNECT', 'TRACE', 'TRACK'])

/** Makes a Web `Request` of a request; its body is read when somebody reads it, and its signal aborted with the client. */
export function requestOf(req: Source, res: ServerResponse): Request {
  const method = req.method as string
  if (REFUSED.has(method)) throw createError('NOZOMI_WEB_METHOD', [method])
  const init: RequestInit = { method, headers: headersOf(req), signal: signalOf(res) }
  const url = urlOf(req)
  if (method === 'GET' || method === 'HEAD' || !hasBody(req)) return new Request(url, init)
  const { body, isMade } = bodyOf(req, res)
  if (isMade) {
    const headers = init.headers as Headers
    headers.delete('content-encoding')
    headers.set('content-length', String((body as Uint8Array).byteLength))
  }
  return new Request(url, { ...init, body, duplex: 'half' } as RequestInit)
}

/** As middleware has left them. */
function headersOf(req: IncomingMessage): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(req.headers)) {
    // Pseudo-header fields of HTTP/2 begin with a colon. `Expect` was answered already.
    if (value === undefined || name.startsWith(':') || name === 'expect' || connectionFields.has(name))
      continue
    for (const one of Array.isArray(value) ? value : [value]) headers.append(name, one)
  }
  return headers
}

/**
 * The URL that the client asked for.
 *
 * Security: a URL has no dot segments: `/public/../admin` becomes `/admin`. A router of Express has matched the path as it was
 * sent, so that a guard of `/admin` has not seen this request, and a handler that routes by the URL would answer it.
 * Such a path is refused.
 */
function urlOf(req: Source): URL {
  const target = pathAndQuery(req.originalUrl ?? (req.url as string))
  const url = parse(originOf(req), target) ?? (parse('http://localhost', target) as URL)
  const path = target.split('?', 1)[0] as string
  if (NOT_AS_SENT.test(path)) throw createError('NOZOMI_WEB_PATH', [path, url.pathname])
  return url
}

/** Dot segments, also percent-encoded ones; and a backslash, which a URL takes for a slash. */
const NOT_AS_SENT = /\\|\/(?:\.|%2e){1,2}(?:\/|$)/i

function parse(origin: string, target: string): URL | null {
  try {
    return new URL(`${origin}${target}`)
  } catch {
    // A host that a field may hold, and a URL may not: its port is too large, for one.
    return null
  }
}

/** Of a target in origin form, absolute form (RFC 9112 §3.2.2), or `*`. */
function pathAndQuery(target: string): string {
  if (target.startsWith('/')) return withoutFragment(target)
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(.*)$/i.exec(target)
  const rest = absolute ? (absolute[1] as string) : target === '*' ? '/' : target
  return withoutFragment(rest.startsWith('/') ? rest : `/${rest}`)
}

/** No client should send one, and it is no fragment when it does: it would hide what follows it. */
function withoutFragment(target: string): string {
  return target.replaceAll('#', '%23')
}

function originOf(req: Source): string {
  const isSecure =
    (req.protocol ?? ((req.socket as { encrypted?: boolean }).encrypted ? 'https' : 'http')) === 'https'
  const host = 'host' in req ? req.host : req.headers.host
  return `${isSecure ? 'https' : 'http'}://${host !== undefined && isHost(host) ? host : 'localhost'}`
}

/** One for each response: several handlers of a chain may ask for it. */
const signals = new WeakMap<ServerResponse, AbortSignal>()

/** Aborted when the client goes before it has the whole answer. */
function signalOf(res: ServerResponse): AbortSignal {
  const known = signals.get(res)
  if (known !== undefined) return known
  const controller = new AbortController()
  if (res.destroyed || res.closed) controller.abort()
  else
    res.once('close', () => {
      if (!res.writableFinished) controller.abort()
    })
  signals.set(res, controller.signal)
  return controller.signal
}
