import proxyAddr from 'proxy-addr'
import { configurationOf } from '../settings/configuration.js'
import type { RequestState } from './state.js'

/** Who sent the request, and over what: with `trust proxy`, as the proxies in front say it. */
export const connectionMembers: object & ThisType<RequestState> = {
  /** `'https'` or `'http'`: from the socket, or from `X-Forwarded-Proto` when the peer is a trusted proxy. */
  get protocol(): string {
    const own = (this.socket as { encrypted?: boolean }).encrypted ? 'https' : 'http'
    const { trust } = configurationOf(this.app)
    if (!trust(this.socket.remoteAddress as string, 0)) return own
    const forwarded = this.get('X-Forwarded-Proto') || own
    const comma = forwarded.indexOf(',')
    return (comma === -1 ? forwarded : forwarded.slice(0, comma)).trim()
  },

  /** Whether `protocol` is `'https'`. */
  get secure(): boolean {
    return this.protocol === 'https'
  },

  /** The address of the client: of the peer, or of the first in `X-Forwarded-For` that is not a trusted proxy. */
  get ip(): string | undefined {
    return proxyAddr(this, configurationOf(this.app).trust)
  },

  /** The addresses of `X-Forwarded-For` that are trusted, and the client's, farthest first. Empty without proxies. */
  get ips(): string[] {
    // The first is the peer's own, which is in no field.
    const [, ...forwarded] = proxyAddr.all(this, configurationOf(this.app).trust)
    return forwarded.toReversed()
  },
}
