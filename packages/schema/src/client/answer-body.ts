/** RFC 6839: `application/problem+json` is JSON too. */
const JSON_TYPE = /^[\w.!#$&^-]+\/(?:[\w.!#$&^-]+\+)?json\s*(?:;|$)/i

/** RFC 9110 §15: what never has a body. */
const WITHOUT_BODY: ReadonlySet<number> = new Set([101, 204, 205, 304])

/**
 * What the body of an answer says: JSON decoded, text, the stream of events, else a Blob; undefined for none. What says that it is
 * JSON and is none, such as the page of a proxy, is given as text: the answer has a status, and is no failure of the network.
 */
export async function decodeBody(response: Response, method: string): Promise<unknown> {
  if (method === 'HEAD' || WITHOUT_BODY.has(response.status) || response.body === null) return undefined
  if (response.headers.get('Content-Length') === '0') return undefined
  const type = response.headers.get('Content-Type') ?? ''
  if (JSON_TYPE.test(type)) return decodeJson(await response.text())
  // Has no end.
  if (/^text\/event-stream\b/i.test(type)) return response.body
  if (/^text\//i.test(type)) return response.text()
  const blob = await response.blob()
  return blob.size === 0 ? undefined : blob
}

function decodeJson(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
