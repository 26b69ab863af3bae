import { notFoundPage } from '../workload/not-found-page.mjs'

/** An answer of JSON. */
export function json(value, status = 200) {
  return { status, fields: { 'content-type': /^application\/json\b/ }, body: JSON.stringify(value) }
}

/** An answer of text, of the media type that is given. */
export function text(body, type) {
  return { status: 200, fields: { 'content-type': new RegExp(`^${type}\\b`) }, body }
}

/** The answer when the client has what it asks for: no body, and the entity tag. */
export const NOT_MODIFIED = { status: 304, fields: { etag: /^(W\/)?".+"$/ }, body: '' }

/** The page of Express when no route matches. */
export function notFound(method, path) {
  return {
    status: 404,
    fields: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'" },
    body: notFoundPage(method, path),
  }
}

/** What a client does that has been here before: it sends the entity tag of the first answer. */
export function revalidation(path) {
  return async (send) => {
    const { fields } = await send({ method: 'GET', path })
    return { 'If-None-Match': fields.etag }
  }
}
