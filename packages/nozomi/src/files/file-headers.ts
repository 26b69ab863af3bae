import type { ServerResponse } from 'node:http'
import type { FileDescription } from './file-description.js'
import type { FileSettings } from './file-settings.js'

/*
 * The fields that a file brings along. What the application has set already stays.
 *
 * Always by `getHeader()` and `setHeader()`, because middleware watches them. Parity: in Express's order.
 */

export function setFileHeaders(
  res: ServerResponse,
  { type, lastModified, etag }: FileDescription,
  settings: FileSettings,
): void {
  if (settings.acceptRanges && !res.getHeader('Accept-Ranges')) res.setHeader('Accept-Ranges', 'bytes')
  if (settings.cacheControl !== null && !res.getHeader('Cache-Control')) {
    res.setHeader('Cache-Control', settings.cacheControl)
  }
  if (settings.lastModified && !res.getHeader('Last-Modified')) res.setHeader('Last-Modified', lastModified)
  if (settings.etag && !res.getHeader('ETag')) res.setHeader('ETag', etag)
  if (!res.getHeader('Content-Type')) res.setHeader('Content-Type', type)
}

/** RFC 9110 §15.4.5: a 304 tells nothing about a body that it hasn't. */
export function removeContentHeaders(res: ServerResponse): void {
  for (const field of ['Encoding', 'Language', 'Length', 'Range', 'Type'])
    res.removeHeader(`Content-${field}`)
}

/** Takes back what belongs to the file when something else is answered: an error page must not be cached for it. */
export function removeFileHeaders(res: ServerResponse): void {
  removeContentHeaders(res)
  for (const field of ['Accept-Ranges', 'Cache-Control', 'Last-Modified', 'ETag']) res.removeHeader(field)
}
