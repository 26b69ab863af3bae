/**
 * Security: a path of this shop and nothing else, by the rule that the shop itself has for `returnTo`; `//host` and
 * `/\host` would lead elsewhere, and browsers leave tabs and line breaks out before they look.
 */
const LOCAL_PATH = /^\/(?![/\\])[^\p{Cc}\p{Cs}\\]*$/u
const MOST = 500

/** Where the visitor wants to be when signed in: what `then` says, as far as it is a place in the shop. */
export function destinationOf(search: URLSearchParams): string {
  const then = search.get('then') ?? '/'
  return then.length <= MOST && LOCAL_PATH.test(then) ? then : '/'
}

export function destinationIn({ search }: Pick<Location, 'search'>): string {
  return destinationOf(new URLSearchParams(search))
}

export function isSignInPage({ pathname }: Pick<Location, 'pathname'>): boolean {
  return pathname === '/sign-in' || pathname === '/register'
}
