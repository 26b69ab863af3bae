import { METHODS } from 'node:http'
import { Readable } from 'node:stream'
import { isUint8Array } from 'node:util/types'
import { createError } from '../../errors/catalogue.js'
import type { InjectOptions } from '../../types/in-process.js'
import type { Arrival } from '../exchange/exchange.js'

/*
 * What is asked of an application in process: options as people write them in a test, made into a request as a client
 * would have sent it. What can't be sent is refused here, with the name of the option.
 */

type Value = string | number | boolean
type Query = NonNullable<InjectOptions['query']>

/** A request that is ready to be sent. */
export interface InjectedRequest {
  readonly arrival: Arrival
  readonly body: Uint8Array | AsyncIterable<Uint8Array | string> | null
}

const OPTIONS = ['url', 'method', 'query', 'headers', 'cookies', 'body', 'remoteAddress', 'stream', 'signal']

/** @throws NOZOMI_INJECT_OPTION */
export async function injectedRequest(options: InjectOptions): Promise<InjectedRequest> {
  for (const name of Object.keys(options)) {
    if (!OPTIONS.includes(name)) throw wrong(name, `there is no such option; there are ${OPTIONS.join(', ')}`)
  }
  const url = urlOf(options)
  const fields = new FieldList(options.headers)
  if (!fields.has('host')) fields.unshift('Host', url.host)
  if (options.cookies !== undefined) fields.add('Cookie', cookiesOf(options.cookies))
  const content = await contentOf(options.body)
  if (content.type !== null && !fields.has('content-type')) fields.add('Content-Type', content.type)
  if (content.body !== null && !fields.has('content-length') && !fields.has('transfer-encoding')) {
    if (isUint8Array(content.body)) fields.add('Content-Length', String(content.body.byteLength))
    else fields.add('Transfer-Encoding', 'chunked')
  }
  const arrival = {
    method: methodOf(options.method),
    target: url.target,
    httpVersion: '1.1' as const,
    fields: fields.list,
    endpoints: { remoteAddress: options.remoteAddress ?? '127.0.0.1', encrypted: url.isSecure },
  }
  return { arrival, body: content.body }
}

/** The fields of a request, in their order. */
class FieldList {
  readonly list: string[] = []

  constructor(given: InjectOptions['headers'] = {}) {
    if (typeof given !== 'object' || given === null)
      throw wrong('headers', `is ${shown(given)}, and no object`)
    const entries = Symbol.iterator in given ? given : Object.entries(given)
    for (const [name, value] of entries) {
      for (const one of Array.isArray(value) ? (value as Value[]) : [value as Value | undefined]) {
        if (one !== undefined) this.add(name, String(one))
      }
    }
  }

  has(name: string): boolean {
    return this.list.some((text, index) => index % 2 === 0 && text.toLowerCase() === name)
  }

  add(name: string, value: string): void {
    this.list.push(...checked(name, value))
  }

  unshift(name: string, value: string): void {
    this.list.unshift(...checked(name, value))
  }
}

/** RFC 9110 §5.1, §5.5: what no client can send. */
function checked(name: string, value: string): [string, string] {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
    throw wrong('headers', `${shown(name)} is no name of a field`)
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
    throw wrong('headers', `the value of ${name}, ${shown(value)}, has a character that no field may have`)
  }
  return [name, value.trim()]
}

function methodOf(given: string = 'GET'): string {
  const method = String(given).toUpperCase()
  if (!METHODS.includes(method)) throw wrong('method', `${shown(given)} is no method that node knows`)
  return method
}

interface Url {
  target: string
  host: string
  isSecure: boolean
}

function urlOf({ url = '/', query }: InjectOptions): Url {
  const text = String(url)
  const absolute = /^(https?):\/\/([^/?#]+)(.*)$/is.exec(text)
  const path = absolute ? (absolute[3] as string) : text
  const isPath = path === '' || /^[/?*]/.test(path)
  if (!isPath) throw wrong('url', `${shown(text)} is no path that starts with "/", and no http or https URL`)
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  if (/[\x00-\x20\x7f-\uffff]/.test(path)) {
    throw wrong('url', `${shown(text)} has a character that must be percent-encoded: use encodeURI()`)
  }
  const target = withQuery((path.startsWith('/') || path === '*' ? path : `/${path}`).split('#')[0]!, query)
  return {
    target,
    host: absolute?.[2]?.replace(/^.*@/, '') ?? 'localhost',
    isSecure: absolute?.[1]?.toLowerCase() === 'https',
  }
}

function withQuery(target: string, query: Query | undefined): string {
  if (query === undefined) return target
  const added = typeof query === 'string' ? query.replace(/^\?/, '') : formatQuery(query)
  if (added === '') return target
  return `${target}${target.includes('?') ? '&' : '?'}${added}`
}

function formatQuery(query: Exclude<Query, string>): string {
  if (query instanceof URLSearchParams) return query.toString()
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? (value as Value[]) : [value as Value | null | undefined]) {
      if (typeof one === 'object' && one !== null) {
        throw wrong('query', `the value of ${shown(name)} is an object: write the query out, as a string`)
      }
      if (one !== undefined && one !== null) search.append(name, String(one))
    }
  }
  return search.toString()
}

function cookiesOf(cookies: Record<string, string>): string {
  const pairs = Object.entries(cookies)
  for (const [name] of pairs) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
      throw wrong('cookies', `${shown(name)} is no name of a cookie`)
  }
  return pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ')
}

interface Content {
  body: InjectedRequest['body']
  type: string | null
}

async function contentOf(given: unknown): Promise<Content> {
  if (given === undefined) return { body: null, type: null }
  if (typeof given === 'string') return { body: Buffer.from(given), type: 'text/plain;charset=UTF-8' }
  if (isUint8Array(given)) return { body: given, type: null }
  if (given instanceof ArrayBuffer) return { body: new Uint8Array(given), type: null }
  if (given instanceof URLSearchParams || given instanceof FormData || given instanceof Blob) {
    // The platform knows how these are written.
    const written = new Response(given as never)
    return { body: new Uint8Array(await written.arrayBuffer()), type: written.headers.get('content-type') }
  }
  if (isPieces(given)) return { body: given, type: null }
  return { body: Buffer.from(jsonOf(given)), type: 'application/json' }
}

function isPieces(value: unknown): value is AsyncIterable<Uint8Array | string> {
  return (
    value instanceof Readable ||
    (typeof value === 'object' && value !== null && Symbol.asyncIterator in value)
  )
}

function jsonOf(value: unknown): string {
  let text: string | undefined
  try {
    text = JSON.stringify(value)
  } catch (error) {
    throw wrong('body', `can't be written as JSON: ${(error as Error).message}`)
  }
  if (text === undefined)
    throw wrong('body', `${shown(value)} can't be sent: give text, bytes, a stream or a JSON value`)
  return text
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}

function wrong(option: string, problem: string): Error {
  return createError('NOZOMI_INJECT_OPTION', [option, problem])
}
