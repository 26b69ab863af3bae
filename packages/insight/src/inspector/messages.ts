import type { IncomingMessage, ServerResponse } from 'node:http'

/*
 * The inspector answers with node's own members, before the rest of the application runs: it is the same on Nozomi and
 * on stock Express, and whatever the application patched has no part in it.
 */

export interface InspectorRequest extends IncomingMessage {
  readonly originalUrl?: string
  readonly baseUrl?: string
  readonly secure?: boolean
  /** Where a body parser ran before. */
  readonly body?: unknown
}

export type InspectorResponse = ServerResponse

/**
 * Security: what is shown must not be kept, framed, sniffed or read by a page of another origin. A `cors` that ran
 * before may have allowed that already.
 */
const FIELDS: readonly (readonly [string, string])[] = [
  ['Cache-Control', 'no-store, no-transform'],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
]

export function setFields(res: InspectorResponse, type: string): void {
  for (const name of res.getHeaderNames()) {
    if (name.startsWith('access-control-') || name === 'etag') res.removeHeader(name)
  }
  for (const [name, value] of FIELDS) res.setHeader(name, value)
  res.setHeader('Content-Type', type)
}

/** With a HEAD the body stays away, but not its length. */
export function send(
  req: InspectorRequest,
  res: InspectorResponse,
  status: number,
  type: string,
  body: string,
): void {
  const bytes = Buffer.from(body)
  setFields(res, type)
  res.statusCode = status
  res.setHeader('Content-Length', bytes.length)
  if (req.method === 'HEAD') res.end()
  else res.end(bytes)
}

export function sendJson(
  req: InspectorRequest,
  res: InspectorResponse,
  status: number,
  value: unknown,
): void {
  send(req, res, status, 'application/json; charset=utf-8', JSON.stringify(value))
}

/** What went wrong, for a script or for a person. */
export function refuse(req: InspectorRequest, res: InspectorResponse, status: number, message: string): void {
  if (req.headers.accept?.includes('text/html')) {
    send(req, res, status, 'text/plain; charset=utf-8', `${message}\n`)
    return
  }
  sendJson(req, res, status, { error: message })
}
