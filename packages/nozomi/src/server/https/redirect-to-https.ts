import { createError } from '../../errors/catalogue.js'
import { hostnameOf, isHost } from '../../http/host.js'

/*
 * Sends clients that come over plain HTTP to HTTPS.
 */

export interface RedirectToHttpsOptions {
  /**
   * The host that clients are sent to, or the hosts that may be asked for: who asks for another one is sent to the
   * first. Default: the host that was asked for, when it is a valid one.
   *
   * Security: who can make others ask with a Host of his own (by a cache in front that does not tell hosts apart, mostly)
   * sends them where he likes, unless this says which hosts there are.
   */
  host?: string | readonly string[] | undefined
  /** The port of HTTPS. Default: 443, which is not written. */
  port?: number | undefined
  /**
   * 308 or 301 when the move is for good, 307 or 302 when it is not. Default: 308.
   *
   * RFC 9110 §15.4: clients make a GET of what comes after 301 and 302. So these are for GET and HEAD only, and any other
   * request gets 308 in place of 301, and 307 in place of 302.
   */
  status?: 301 | 302 | 307 | 308 | undefined
}

interface Request {
  readonly secure: boolean
  readonly protocol?: string | undefined
  readonly host: string | undefined
  readonly method?: string | undefined
  readonly originalUrl: string
}

interface Response {
  redirect(status: number, url: string): void
}

/** Of each status the one that keeps the method. */
const KEEPING_METHOD: Record<number, number> = { 301: 308, 302: 307, 307: 307, 308: 308 }

/**
 * Middleware: answers a request that did not come over HTTPS with a redirect to the same path and query over HTTPS.
 * Behind a proxy that ends TLS, set `trust proxy`, else every request seems to be plain.
 *
 * @throws NOZOMI_REDIRECT_OPTION when an option is none
 * @example
 * app.use(redirectToHttps({ host: ['example.org', 'www.example.org'] }))
 */
export function createRedirectToHttps({ host, port = 443, status = 308 }: RedirectToHttpsOptions = {}) {
  const hosts = host === undefined ? null : [host].flat().map((one) => assertHost(one))
  if (hosts?.length === 0) throw createError('NOZOMI_REDIRECT_OPTION', ['host', '[]'])
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw createError('NOZOMI_REDIRECT_OPTION', ['port', String(port)])
  }
  if (!(status in KEEPING_METHOD)) throw createError('NOZOMI_REDIRECT_OPTION', ['status', String(status)])
  const suffix = port === 443 ? '' : `:${port}`

  // oxlint-disable-next-line eslint/no-shadow -- tools read the name of middleware
  return function redirectToHttps(req: Request, res: Response, next: (error?: unknown) => void): void {
    // RFC 3986 §3.1: `X-Forwarded-Proto: HTTPS` is the same, and a client that is sent there comes so again.
    if (req.secure || req.protocol?.toLowerCase() === 'https') {
      next()
      return
    }
    // Security: with the setting `validate host` turned off, it may be anything.
    const isNamed = req.host !== undefined && isHost(req.host)
    const asked = isNamed ? hostnameOf(req.host as string).toLowerCase() : undefined
    const target = hosts === null || hosts.includes(asked as string) ? asked : hosts[0]
    if (target === undefined) {
      next(createError('NOZOMI_REDIRECT_HOST', []))
      return
    }
    const isSafe = req.method === 'GET' || req.method === 'HEAD'
    const location = `https://${target}${suffix}${pathOf(req.originalUrl)}`
    res.redirect(isSafe ? status : (KEEPING_METHOD[status] as number), location)
  }
}

function assertHost(host: string): string {
  if (typeof host !== 'string' || !isHost(host) || hostnameOf(host) !== host) {
    throw createError('NOZOMI_REDIRECT_OPTION', ['host', String(host)])
  }
  return host.toLowerCase()
}

/** RFC 9112 §3.2.2: a target may be a whole URL, whose host is not to be trusted more than the field. */
function pathOf(target: string): string {
  if (target.startsWith('/')) return target
  const [, path = ''] = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*(.*)$/i.exec(target) ?? []
  return path.startsWith('/') ? path : `/${path}`
}
