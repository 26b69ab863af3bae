import type { Arrival } from '../exchange/exchange.js'
import type { Http2Connection } from './connection.js'

/*
 * The head of a request over HTTP/2 as that of any other (RFC 9113 §8.3.1): pseudo-fields become method, target and Host.
 * node has checked names and values, and that the pseudo-fields are complete.
 */

/** What CONNECT asks for, who is no request for an application, and who names two hosts. */
export type Refusal = 'connect' | 'two hosts'

interface Head {
  method: string
  path: string | undefined
  authority: string | undefined
  scheme: string
  host: string | undefined
  fields: string[]
}

/** @param hasBody whether the head did not end the request */
export function arrivalOf(
  rawFields: readonly string[],
  hasBody: boolean,
  connection: Http2Connection,
): Arrival | Refusal {
  const { method, path, authority, scheme, host, fields } = readHead(rawFields, hasBody)
  if (method === 'CONNECT' || path === undefined) return 'connect'
  // Security: two programs would read two hosts. RFC 9113 §8.3.1: such a request is malformed.
  if (host !== undefined && authority !== undefined && !isSameHost(host, authority, scheme)) {
    return 'two hosts'
  }
  if (host === undefined && authority !== undefined) fields.unshift('host', authority)
  return { method, target: path, httpVersion: '2.0', fields, endpoints: connection }
}

function readHead(rawFields: readonly string[], hasBody: boolean): Head {
  const head: Head = {
    method: '',
    path: undefined,
    authority: undefined,
    scheme: '',
    host: undefined,
    fields: [],
  }
  const { fields } = head
  let cookieAt = -1
  let hasLength = false
  for (let i = 0; i < rawFields.length; i += 2) {
    const name = rawFields[i] as string
    const value = rawFields[i + 1] as string
    if (name.startsWith(':')) {
      setPseudoField(head, name, value)
      continue
    }
    // RFC 9113 §8.2.3: cookies come apart, and belong together.
    if (name === 'cookie') {
      if (cookieAt !== -1) {
        fields[cookieAt] += `; ${value}`
        continue
      }
      cookieAt = fields.length + 1
    } else if (name === 'content-length') hasLength = true
    else if (name === 'host') head.host = value
    fields.push(name, value)
  }
  // As over HTTP/1.1: parsers ask the fields whether there is a body.
  if (hasBody && !hasLength) fields.push('transfer-encoding', 'chunked')
  return head
}

function setPseudoField(head: Head, name: string, value: string): void {
  switch (name) {
    case ':method':
      head.method = value
      break
    case ':path':
      head.path = value
      break
    case ':authority':
      head.authority = value
      break
    case ':scheme':
      head.scheme = value
      break
    default:
  }
}

function isSameHost(host: string, authority: string, scheme: string): boolean {
  const port = scheme === 'https' ? ':443' : ':80'
  return withoutPort(host, port) === withoutPort(authority, port)
}

function withoutPort(host: string, port: string): string {
  const name = host.toLowerCase()
  return name.endsWith(port) ? name.slice(0, -port.length) : name
}
