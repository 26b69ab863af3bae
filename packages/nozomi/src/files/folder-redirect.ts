import type { IncomingMessage, ServerResponse } from 'node:http'
import { encodeUrl } from '../http/encode-url.js'
import { escapeHtml } from '../http/escape-html.js'
import { pathnameOf, queryOf } from '../http/target.js'
import { withPlainFolders } from './other-spellings.js'

/*
 * A folder is asked for without its slash: relative links of its index would lead astray, so the client is sent to the
 * name with the slash. And what is asked for by another spelling of its folders is sent to their one spelling, where
 * guards see it.
 */

/**
 * Where the client is sent: what it asked for, before anything was cut off for a mount, with a slash and its query.
 *
 * Security: `//evil.example/` and `/\evil.example/` are other hosts to a browser. Leading slashes become one, a
 * backslash is encoded. Differs from Express, which keeps the backslash, and the host of an absolute target.
 */
export function folderLocation(req: IncomingMessage & { originalUrl?: string | undefined }): string {
  const target = req.originalUrl ?? req.url
  const path = `${pathnameOf(target) ?? ''}/`.replace(/^\/+/, '/')
  const query = queryOf(target)
  return encodeUrl(query === null ? path : `${path}?${query}`).replaceAll('\\', '%5C')
}

/** As `folderLocation()`, with each run of slashes in the path made one. */
export function canonicalFolderLocation(req: IncomingMessage & { originalUrl?: string | undefined }): string {
  const [path = '', ...query] = folderLocation(req).split('?')
  return [path.replace(/\/{2,}/g, '/'), ...query].join('?')
}

/** Where what was asked for is, with the names of its folders in their one spelling. */
export function plainLocation(req: IncomingMessage & { originalUrl?: string | undefined }): string {
  const target = req.originalUrl ?? req.url
  const query = queryOf(target)
  const path = withPlainFolders(pathnameOf(target) ?? '')
  return encodeUrl(query === null ? path : `${path}?${query}`)
}

export function redirectTo(res: ServerResponse, location: string): void {
  const page = redirectPage(location)
  res.statusCode = 301
  res.setHeader('Content-Type', 'text/html; charset=UTF-8')
  res.setHeader('Content-Length', Buffer.byteLength(page))
  res.setHeader('Content-Security-Policy', "default-src 'none'")
  res.setHeader('X-Content-Type-Options', 'nosniff')
  res.setHeader('Location', location)
  res.end(page)
}

/** Parity: Express's page. */
function redirectPage(location: string): string {
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<title>Redirecting</title>',
    '</head>',
    '<body>',
    `<pre>Redirecting to ${escapeHtml(location)}</pre>`,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}
