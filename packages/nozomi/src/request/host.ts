import { isIP } from 'node:net'
import { hostnameOf, isHost } from '../http/host.js'
import { configurationOf } from '../settings/configuration.js'
import type { RequestState } from './state.js'

/** Which host the client asked for. */
export const hostMembers: object & ThisType<RequestState> = {
  /**
   * Host and port: from `Host` (`:authority`), or from `X-Forwarded-Host` when the peer is a trusted proxy.
   *
   * Security: undefined when the value is no host. Applications build links from it, and
   * `evil.example:x@good.example` reads as two different hosts in two programs.
   * Differs from Express: which gives whatever the field holds; `app.disable('validate host')` does so here.
   */
  get host(): string | undefined {
    const { trust, validateHost } = configurationOf(this.app)
    let host = this.get('X-Forwarded-Host')
    if (!host || !trust(this.socket.remoteAddress as string, 0)) host = this.get('Host')
    else if (host.includes(',')) host = host.slice(0, host.indexOf(',')).trimEnd()
    if (!host || (validateHost && !isHost(host))) return undefined
    return host
  },

  /** `host` without the port. */
  get hostname(): string | undefined {
    const { host } = this
    return host === undefined ? undefined : hostnameOf(host)
  },

  /** The labels of `hostname` in front of the domain, nearest first; `subdomain offset` (default 2) labels are it. */
  get subdomains(): string[] {
    const { hostname } = this
    if (!hostname) return []
    const labels = isIP(hostname) ? [hostname] : hostname.split('.').toReversed()
    return labels.slice(configurationOf(this.app).subdomainOffset)
  },
}
