import type { RawFields, RecordedAnswer, TrafficRequest } from '../../types/shadow.js'
import { TrafficError } from './traffic-error.js'

/*
 * HAR 1.2, as the network tab of a browser saves it.
 */

interface NameValue {
  name: string
  value: string
}

interface HarEntry {
  request: {
    method: string
    url: string
    headers?: NameValue[]
    postData?: {
      mimeType?: string
      text?: string
      params?: NameValue[]
      encoding?: string
      _encoding?: string
    }
  }
  response?: {
    status: number
    headers?: NameValue[]
    content?: { text?: string; encoding?: string }
  }
}

/** Fields that belong to the connection of the browser, or follow from what is sent. */
const LEFT_OUT =
  /^(?::|content-length$|connection$|proxy-connection$|keep-alive$|transfer-encoding$|upgrade$|te$|http2-settings$)/i

/**
 * The requests of a HAR file to one origin.
 *
 * @param origin `https://shop.example`; null: that of the first request
 * @throws TrafficError
 */
export function readHar(text: string, file: string, origin: string | null): TrafficRequest[] {
  const entries = entriesOf(text, file).filter(({ request }) => URL.canParse(request?.url ?? ''))
  const [first] = entries
  if (first === undefined) throw new TrafficError(`${file}: there is no request in it`)
  const wanted = origin ?? new URL(first.request.url).origin
  const chosen = entries.filter(({ request }) => new URL(request.url).origin === wanted)
  if (chosen.length === 0) throw new TrafficError(`${file}: there is no request to ${wanted} in it`)
  return chosen.map(toRequest)
}

function entriesOf(text: string, file: string): HarEntry[] {
  let har: { log?: { entries?: unknown } }
  try {
    har = JSON.parse(text.replace(/^\uFEFF/, '')) as typeof har
  } catch (error) {
    throw new TrafficError(`${file}: ${(error as Error).message}`)
  }
  const entries = har?.log?.entries
  if (!Array.isArray(entries)) throw new TrafficError(`${file}: it is no HAR file: log.entries is missing`)
  return entries as HarEntry[]
}

function toRequest({ request, response }: HarEntry): TrafficRequest {
  const { pathname, search, host } = new URL(request.url)
  const fields = fieldsOf(request.headers)
  // What was HTTP/2 names its host in a pseudo field, which is left out.
  const hasHost = fields.some(([name]) => /^host$/i.test(name))
  const body = bodyOf(request.postData)
  return {
    method: request.method,
    url: pathname + search,
    fields: hasHost ? fields : [['Host', host], ...fields],
    body,
    chunked: false,
    client: 'one',
    cookies: 'jar',
    abort: null,
    answer: answerOf(response),
    unsendable: reasonNotToSend(request, fields, body),
  }
}

function fieldsOf(headers: NameValue[] | undefined): [string, string][] {
  const kept = (headers ?? []).filter(({ name }) => !LEFT_OUT.test(name))
  return kept.map(({ name, value }) => [name, value])
}

/** Forms are kept by their parameters by some browsers, and by their text by others. */
function bodyOf(data: HarEntry['request']['postData']): Buffer | null {
  if (data === undefined) return null
  const { text, params, encoding, _encoding } = data
  if (text !== undefined) return Buffer.from(text, (encoding ?? _encoding) === 'base64' ? 'base64' : 'utf8')
  if (params === undefined || isMultipart(data.mimeType)) return null
  // In a HAR file the values of parameters stand as they are in the body.
  return Buffer.from(params.map(({ name, value }) => `${name}=${value}`).join('&'))
}

function isMultipart(type: string | undefined): boolean {
  return /^multipart\//i.test(type ?? '')
}

function reasonNotToSend(
  request: HarEntry['request'],
  fields: RawFields,
  body: Buffer | null,
): string | null {
  if (body === null && isMultipart(request.postData?.mimeType)) return 'the browser did not save the body'
  return fields.some(([name]) => /^sec-websocket-key$/i.test(name)) ? 'it opens a WebSocket' : null
}

function answerOf(response: HarEntry['response']): RecordedAnswer | null {
  if (response === undefined || response.status === 0) return null
  const { text, encoding } = response.content ?? {}
  return {
    status: response.status,
    fields: fieldsOf(response.headers),
    body: text === undefined ? null : Buffer.from(text, encoding === 'base64' ? 'base64' : 'utf8'),
  }
}
