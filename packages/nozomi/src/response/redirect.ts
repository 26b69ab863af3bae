import { STATUS_CODES } from 'node:http'
import { encodeUrl } from '../http/encode-url.js'
import { escapeHtml } from '../http/escape-html.js'
import type { ResponseState } from './state.js'

export const redirectMembers: object & ThisType<ResponseState> = {
  /**
   * Sets `Location`, with what may not stand in a URL percent-encoded.
   *
   * Security: browsers read `\` as `/`, so that `/\evil.example`, which looks like a path, leads to another host;
   * the backslashes that such a path starts with are encoded.
   * Differs from Express: which keeps them. Anywhere else in the URL they stay as they are.
   */
  location(url: string): ResponseState {
    return this.set('Location', encodeUrl(withoutHiddenHost(url)))
  },

  /**
   * Redirects with 302, or with the status given before the URL. The body, for clients that don't follow, is text
   * or HTML as they prefer.
   */
  redirect(statusOrUrl: number | string, url?: string): void {
    const hasStatus = arguments.length === 2
    const status = hasStatus ? (statusOrUrl as number) : 302
    const target = hasStatus ? url : (statusOrUrl as string)
    warnAboutMisuse(status, target)
    const address = this.location(target as string).get('Location') as string
    const phrase = STATUS_CODES[status]
    let body = ''
    this.format({
      text() {
        body = `${phrase}. Redirecting to ${address}`
      },
      html() {
        body =
          `<!DOCTYPE html><head><title>${phrase}</title></head>` +
          `<body><p>${phrase}. Redirecting to ${escapeHtml(address)}</p></body>`
      },
      default() {
        body = ''
      },
    })
    this.status(status)
    this.set('Content-Length', Buffer.byteLength(body))
    if (this.req.method === 'HEAD') this.end()
    else this.end(body)
  },
}

/** Encodes the backslashes among the first separators, unless the URL names a host in the open (`//host`). */
function withoutHiddenHost(url: unknown): string {
  const text = String(url)
  if (!/^\/?\\/.test(text)) return text
  const separators = /^[/\\]+/.exec(text)?.[0] ?? ''
  return separators.replaceAll('\\', '%5C') + text.slice(separators.length)
}

function warnAboutMisuse(status: unknown, url: unknown): void {
  if (!url) warn('Provide a url argument')
  if (typeof url !== 'string') warn('Url must be a string')
  if (typeof status !== 'number') warn('Status must be a number')
}

function warn(message: string): void {
  process.emitWarning(`res.redirect: ${message}`, 'DeprecationWarning', 'NOZOMI_REDIRECT_ARGUMENTS')
}
