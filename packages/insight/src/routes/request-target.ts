/**
 * The path and query of a request, as a client would send them: a whole URL is cut down, a fragment is cut off, and what can't
 * stand in a request is percent-encoded.
 *
 * @throws TypeError that says what would be right.
 */
export function requestTarget(url: unknown): string {
  if (typeof url !== 'string')
    throw new TypeError(`url must be a text such as '/users/42', not ${String(url)}`)
  const local = /^https?:\/\//i.test(url) ? withoutOrigin(url) : url
  if (!local.startsWith('/') && local !== '*') {
    throw new TypeError(`url must start with a slash, such as '/users/42', not ${JSON.stringify(url)}`)
  }
  return (local.split('#', 1)[0] as string).replace(/[^\x21-\x7e]+/g, encode)
}

function withoutOrigin(url: string): string {
  const rest = url.slice(url.indexOf('//') + 2)
  const start = rest.search(/[/?#]/)
  if (start === -1) return '/'
  return rest[start] === '/' ? rest.slice(start) : `/${rest.slice(start)}`
}

/** Half of a pair of surrogates can't be encoded. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'))
}
