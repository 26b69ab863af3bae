import {
  type IncomingMessage,
  type ServerResponse,
  STATUS_CODES,
  validateHeaderName,
  validateHeaderValue,
} from 'node:http'
import onFinished from 'on-finished'
import { settleBody } from '../body/abandon-body.js'
import { encodeUrl } from '../http/encode-url.js'
import { escapeHtml } from '../http/escape-html.js'
import { pathnameOf } from '../http/target.js'
import { fieldsToSend } from '../messages/node-fields.js'
import { awaitsContinue } from '../request/state.js'

/*
 * What answers a request that nobody answered (404), or whose error nobody handled.
 */

interface FinalRequest extends IncomingMessage {
  originalUrl?: string
  [awaitsContinue]?: boolean
}

interface AnyError {
  status?: unknown
  statusCode?: unknown
  headers?: unknown
  stack?: unknown
  toString?: unknown
}

export interface FinalOptions {
  /** With `'production'` the page says the reason phrase only; else it shows the stack. */
  env: unknown
  /** Told of each error, in a later turn. */
  onError(error: unknown): void
}

/** Answers a request with its error, or with 404 when there is none. Once something was sent, it can only hang up. */
export function answerFinally(
  req: FinalRequest,
  res: ServerResponse,
  error: unknown,
  options: FinalOptions,
): void {
  if (error) setImmediate(options.onError, error)
  if (res.headersSent) {
    // In a later turn, so that what the handler wrote before it failed still leaves.
    if (error) setImmediate(() => req.socket?.destroy())
    return
  }
  const status = error ? statusOf(error as AnyError, res) : 404
  const headers =
    error && ownStatusOf(error as AnyError) !== undefined ? (error as AnyError).headers : undefined
  const message = error
    ? messageOf(error as AnyError, status, options.env)
    : `Cannot ${req.method} ${encodeUrl(pathnameOf(req.originalUrl ?? req.url) ?? 'resource')}`
  afterBody(req, res, () => writePage(req, res, status, headers, message))
}

/** The most that is read of a body, in bytes, only to be able to answer on a connection that stays open. */
const AFFORDABLE_BYTES = 1024 * 1024

/**
 * Reads what is left of the request's body before the answer is written: a client that is still sending may not look
 * for an answer. Not so when the client waits for `100 Continue` and sends nothing, when somebody has given the body
 * up, and when it is longer than is worth reading, or of unknown length: then the connection closes after the answer.
 * Differs from Express: which reads any body to its end before it answers.
 */
function afterBody(req: FinalRequest, res: ServerResponse, write: () => void): void {
  if (onFinished.isFinished(req) || req[awaitsContinue]) {
    write()
    return
  }
  req.unpipe()
  if (isClosing(res)) write()
  else settleBody(req, res, AFFORDABLE_BYTES, write)
}

function isClosing(res: ServerResponse): boolean {
  return String(res.getHeader('Connection')).toLowerCase() === 'close'
}

function writePage(
  req: FinalRequest,
  res: ServerResponse,
  status: number,
  headers: unknown,
  message: string,
): void {
  if (res.headersSent) return
  const body = errorPage(message)
  res.statusCode = status
  if (req.httpVersionMajor < 2) res.statusMessage = STATUS_CODES[status] as string
  for (const name of ['Content-Encoding', 'Content-Language', 'Content-Range']) res.removeHeader(name)
  // Security: node throws for `Trailer` where there is a length, and nobody could catch it. Differs from Express: which dies.
  if (announcesTrailers(res)) res.removeHeader('Trailer')
  setErrorHeaders(res, headers)
  res.setHeader('Content-Security-Policy', "default-src 'none'")
  res.setHeader('X-Content-Type-Options', 'nosniff')
  res.setHeader('Content-Type', 'text/html; charset=utf-8')
  res.setHeader('Content-Length', Buffer.byteLength(body))
  if (req.method === 'HEAD') res.end()
  else res.end(body, 'utf8')
}

/** Parity: without a call of a method, which somebody may have replaced and counts. */
function announcesTrailers(res: ServerResponse): boolean {
  const fields = fieldsToSend(res)
  return fields === undefined ? res.hasHeader('Trailer') : fields?.['trailer'] !== undefined
}

/**
 * Security: the fields of an error may hold what a client sent. One that can't be sent is left out, and named in a
 * warning. Differs from Express: where `setHeader` throws here, out of everybody's reach, and the process dies.
 */
function setErrorHeaders(res: ServerResponse, headers: unknown): void {
  if (!headers || typeof headers !== 'object') return
  for (const name of Object.keys(headers)) {
    try {
      const value = (headers as Record<string, number | string | string[]>)[name]!
      validateHeaderName(name)
      for (const one of Array.isArray(value) ? value : [value]) validateHeaderValue(name, one as string)
      res.setHeader(name, value)
    } catch (refused) {
      process.emitWarning(
        `the field ${JSON.stringify(name)} in the headers of an error can't be sent and was left out: ` +
          `${(refused as Error).message}`,
        { code: 'NOZOMI_ERROR_HEADERS' },
      )
    }
  }
}

function statusOf(error: AnyError, res: ServerResponse): number {
  const own = ownStatusOf(error)
  if (own !== undefined) return own
  const { statusCode } = res
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode <= 599 ? statusCode : 500
}

function ownStatusOf(error: AnyError): number | undefined {
  return [error.status, error.statusCode].find(isErrorStatus)
}

function isErrorStatus(status: unknown): status is number {
  return typeof status === 'number' && status >= 400 && status < 600
}

/** Security: in production nothing of the error is shown, whatever its status; messages give away internals. */
function messageOf(error: AnyError, status: number, env: unknown): string {
  const message = env === 'production' ? '' : describe(error)
  return message || STATUS_CODES[status] || String(status)
}

/** The stack, or what the error says of itself. Errors are made by anybody: neither need be a string, or be readable. */
function describe(error: AnyError): string {
  try {
    return String(error.stack || error)
  } catch {
    return ''
  }
}

function errorPage(message: string): string {
  const text = escapeHtml(message).replaceAll('\n', '<br>').replaceAll('  ', ' &nbsp;')
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<title>Error</title>',
    '</head>',
    '<body>',
    `<pre>${text}</pre>`,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}
