import { pathnameOf, queryOf } from '../http/target.js'
import { configurationOf } from '../settings/configuration.js'
import { query, type QueryState, type RequestState } from './state.js'

/** What the request target says: path and query. */
export const targetMembers: object & ThisType<RequestState> = {
  /** The path of `req.url`, below where the router is mounted, and not decoded. */
  get path() {
    return pathnameOf(this.url)
  },

  /**
   * The query, parsed by the setting `query parser` when it is first asked for, once for each query of `req.url`.
   *
   * Differs from Express: the object is made once, so what a middleware changes in it lasts; and it can be assigned.
   * In Express 5 each read parses anew, and an assignment throws in strict code and is lost in sloppy code.
   */
  get query(): unknown {
    const parser = configurationOf(this.app).queryParser
    const state = this[query]
    if (state) {
      if (state.parser === null) return state.value
      if (state.parser === parser && isSameQuery(state, this.url)) return state.value
    }
    const search = queryOf(this.url)
    const value = parser === undefined ? Object.create(null) : parser(search)
    this[query] = { value, url: this.url, search, parser }
    return value
  },

  set query(value: unknown) {
    this[query] = { value, url: undefined, search: null, parser: null }
  },
}

/** A router that cuts a prefix off the url does not change its query. */
function isSameQuery(state: QueryState, url: string | undefined): boolean {
  if (state.url === url) return true
  if (state.search !== queryOf(url)) return false
  state.url = url
  return true
}
