import type { OutgoingState } from './node-state.js'

/*
 * A head that a handler has made by hand, put into one reading before it leaves. node writes what it is given; what two
 * hops read in two ways lets one client's answer run into another's (response splitting, RFC 9112 §11.1).
 *
 * Runs only for heads that node wrote (answer-head.ts writes the plain ones).
 */

type Response = Pick<
  OutgoingState,
  | '_header'
  | '_contentLength'
  | '_hasBody'
  | '_last'
  | 'chunkedEncoding'
  | 'statusCode'
  | 'shouldKeepAlive'
  | 'req'
>

const FRAMING = /^(content-length|transfer-encoding):[ \t]*(.*?)\r\n/gim

/**
 * @throws TypeError when there are several lengths that are not the same; the head is then not written, and
 *   the handler can still answer otherwise.
 */
export function settleFraming(res: Response): void {
  const head = res._header as string
  const framing = [...head.matchAll(FRAMING)].map(([, name, value]) => [name!.toLowerCase(), value!] as const)
  if (framing.length === 0 && res.statusCode >= 200) return
  const lengths = framing.flatMap(([name, value]) => (name === 'content-length' ? value : []))
  const codings = framing.flatMap(([name, value]) => (name === 'transfer-encoding' ? value : []))
  if (new Set(lengths).size > 1) {
    forgetHead(res)
    throw new TypeError(
      `the head has several lengths, Content-Length: ${lengths.join(' and ')}; set one of them`,
    )
  }
  // RFC 9110 §15.2: only an answer that is not final has such a status, and this one is. Nobody is to take the next for it.
  if (res.statusCode < 200) res._last = true
  if (res.statusCode < 200 || res.statusCode === 204) leaveOut(res, ['content-length', 'transfer-encoding'])
  else if (codings.length > 0) settleCodings(res, codings, lengths.length > 0)
  else if (lengths.length > 1) keepOne(res, lengths[0] as string)
}

function settleCodings(res: Response, codings: readonly string[], hasLength: boolean): void {
  // RFC 9112 §6.2: no length beside a coding.
  if (hasLength) {
    leaveOut(res, ['content-length'])
    res._contentLength = null
  }
  if (isOfHttp10(res)) {
    // RFC 9112 §6.1: such a client does not know codings. The end of the connection ends the body.
    leaveOut(res, ['transfer-encoding'])
    res.chunkedEncoding = false
    closeAfterwards(res)
  } else if (!/(?:^|,)[ \t]*chunked[ \t]*$/i.test(codings.join(','))) {
    // RFC 9112 §6.3: nothing else says where the body ends.
    res.chunkedEncoding = false
    closeAfterwards(res)
  }
}

function isOfHttp10({ req }: Response): boolean {
  return req.httpVersionMajor === 1 && req.httpVersionMinor === 0
}

function closeAfterwards(res: Response): void {
  res._last = true
  res._header = (res._header as string).replace(/^connection:[^\r]*/im, 'Connection: close')
  leaveOut(res, ['keep-alive'])
}

function keepOne(res: Response, length: string): void {
  leaveOut(res, ['content-length'])
  res._header = `${(res._header as string).slice(0, -2)}Content-Length: ${length}\r\n\r\n`
}

function leaveOut(res: Response, names: readonly string[]): void {
  const lines = new RegExp(`^(?:${names.join('|')}):[^\\r]*\\r\\n`, 'gim')
  res._header = (res._header as string).replace(lines, '')
}

/** As if it had not been written. */
function forgetHead(res: Response): void {
  res._header = null
  res._contentLength = null
  res.chunkedEncoding = false
}

const ownMethods = {
  _storeHeader(this: OutgoingState, line: string, fields: unknown): void {
    ;(Object.getPrototypeOf(this) as OutgoingState)._storeHeader.call(this, line, fields)
    settleFraming(this)
  },
}

/** `_storeHeader` of a response that a carrier brings: on the response itself, whatever its class is. */
export const storeFramedHeader = ownMethods._storeHeader
