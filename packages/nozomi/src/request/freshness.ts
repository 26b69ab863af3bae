import { isFresh } from '../http/freshness.js'
import type { RequestState } from './state.js'

/** Whether the client's copy is still good (RFC 9110 §13): read when the response has its validators. */
export const freshnessMembers: object & ThisType<RequestState> = {
  /** True when a GET, HEAD or QUERY may be answered with 304: its validators match those of the response. */
  get fresh(): boolean {
    const { method } = this
    if (method !== 'GET' && method !== 'HEAD' && method !== 'QUERY') return false
    const { headers } = this
    if (headers['if-none-match'] === undefined && headers['if-modified-since'] === undefined) return false
    const { res } = this
    const status = res.statusCode
    if (!((status >= 200 && status < 300) || status === 304)) return false
    return isFresh(
      headers,
      res.get('ETag') as string | undefined,
      res.get('Last-Modified') as string | undefined,
    )
  },

  get stale(): boolean {
    return !this.fresh
  },
}
