import { createError } from '../../errors/catalogue.js'
import type { FetchContext } from '../../types/in-process.js'
import type { Arrival } from '../exchange/exchange.js'

/** @throws NOZOMI_FETCH_REQUEST */
export function arrivalOf(request: Request, { ip = '' }: FetchContext): Arrival {
  assertRequest(request)
  const url = new URL(request.url)
  const fields: string[] = []
  let hasHost = false
  for (const [name, value] of request.headers) {
    if (name === 'host') hasHost = true
    fields.push(name, value)
  }
  if (!hasHost) fields.unshift('host', url.host)
  if (
    request.body !== null &&
    !request.headers.has('content-length') &&
    !request.headers.has('transfer-encoding')
  ) {
    // As over HTTP/1.1: parsers ask the fields whether there is a body.
    fields.push('transfer-encoding', 'chunked')
  }
  return {
    method: request.method,
    target: `${url.pathname}${url.search}`,
    httpVersion: '1.1',
    fields,
    endpoints: { remoteAddress: ip, encrypted: url.protocol === 'https:' },
  }
}

function assertRequest(request: unknown): void {
  const like = request as Partial<Request> | null | undefined
  const isRequest =
    typeof like === 'object' &&
    like !== null &&
    typeof like.url === 'string' &&
    typeof like.headers?.get === 'function'
  if (!isRequest) throw createError('NOZOMI_FETCH_REQUEST', [describe(request)])
  if (like.bodyUsed) throw createError('NOZOMI_FETCH_REQUEST', ['a Request whose body was read already'])
}

function describe(value: unknown): string {
  if (typeof value === 'string') return `the string ${JSON.stringify(value)}`
  return value === null ? 'null' : `a value of the type ${typeof value}`
}
