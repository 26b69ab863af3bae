/** What `fetch` sends as it is, by the name that each says of itself: there may be several of a kind, such as a polyfill. */
const SENT_AS_IS: ReadonlySet<string> = new Set([
  'FormData',
  'URLSearchParams',
  'Blob',
  'File',
  'ArrayBuffer',
  'ReadableStream',
])

/** Those whose type `fetch` knows better: the boundary of a form, for one. */
const TYPED_BY_FETCH: ReadonlySet<string> = new Set(['FormData'])

const JSON_TYPE = /^application\/(?:[\w.!#$&^-]+\+)?json\b/i

/**
 * The body that is sent: forms, bytes and streams as they are, a text as it is when its Content-Type is given and not JSON, and all else
 * as JSON. Sets or takes away `Content-Type` accordingly.
 */
export function encodeBody(body: unknown, headers: Headers): RequestInit {
  if (body === undefined) return {}
  const kind = Object.prototype.toString.call(body).slice(8, -1)
  if (TYPED_BY_FETCH.has(kind)) headers.delete('Content-Type')
  // Half: the answer comes when all is sent, the only way there is.
  if (kind === 'ReadableStream') return { body, duplex: 'half' } as RequestInit
  if (SENT_AS_IS.has(kind) || ArrayBuffer.isView(body)) return { body } as RequestInit
  const type = headers.get('Content-Type')
  if (typeof body === 'string' && type !== null && !JSON_TYPE.test(type)) return { body }
  if (type === null) headers.set('Content-Type', 'application/json')
  return { body: JSON.stringify(body) }
}
