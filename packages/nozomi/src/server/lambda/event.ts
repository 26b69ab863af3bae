import { METHODS } from 'node:http'
import { createError } from '../../errors/catalogue.js'
import type { Arrival } from '../exchange/exchange.js'
import { bodyOf, type Part } from './event-fields.js'
import type { Gateway, LambdaRequest } from './gateway.js'
import { httpApi } from './http-api.js'
import type { LambdaOptions } from './lambda-options.js'
import { loadBalancer, multiValueLoadBalancer } from './load-balancer.js'
import { restApi } from './rest-api.js'

/** A request that came as an event. */
export interface EventRequest {
  readonly gateway: Gateway
  readonly arrival: Arrival
  readonly body: Buffer | null
}

/** @throws NOZOMI_LAMBDA_EVENT */
export function readEvent(value: unknown, options: LambdaOptions): EventRequest {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw createError('NOZOMI_LAMBDA_EVENT', [
      'event',
      JSON.stringify(value)?.slice(0, 100) ?? 'missing',
      'an object',
    ])
  }
  const event: Part = { path: '', value: value as Record<string, unknown> }
  const gateway = gatewayOf(event)
  const request = gateway.read(event, options)
  const { method } = request
  if (!METHODS.includes(method)) {
    throw createError('NOZOMI_LAMBDA_EVENT', ['method', JSON.stringify(method), 'a method that node knows'])
  }
  const body = bodyOf(event)
  return { gateway, arrival: arrivalOf(request, body), body }
}

function gatewayOf({ value }: Part): Gateway {
  const context = value['requestContext'] as Record<string, unknown> | null | undefined
  if (context?.['elb']) return value['multiValueHeaders'] ? multiValueLoadBalancer : loadBalancer
  if (context?.['http'] || value['version'] === '2.0') return httpApi
  if (value['httpMethod'] !== undefined) return restApi
  const names = Object.keys(value)
  const found = names.length === 0 ? 'empty' : `one with ${names.slice(0, 10).join(', ')}`
  const wanted =
    'one of HTTP, with `httpMethod` (REST API, load balancer) or `requestContext.http` (HTTP API, function URL); handle ' +
    'others before lambda() gets them'
  throw createError('NOZOMI_LAMBDA_EVENT', ['event', found, wanted])
}

function arrivalOf(request: LambdaRequest, body: Buffer | null): Arrival {
  const fields: string[] = []
  let hasHost = false
  let saysLength = false
  let isSecure: boolean | null = null
  for (const [name, value] of request.fields) {
    assertField(name, value)
    const lower = name.toLowerCase()
    // What is said of the length is that of the way to the gateway.
    if (lower === 'content-length') saysLength = true
    if (lower === 'content-length' || lower === 'transfer-encoding') continue
    if (lower === 'host') hasHost = true
    // Written by the gateway itself.
    if (lower === 'x-forwarded-proto') isSecure = value.split(',').at(-1)?.trim() === 'https'
    fields.push(name, value)
  }
  if (!hasHost && request.host !== null) fields.unshift('host', request.host)
  const length = body === null ? 0 : body.length
  if (length > 0 || saysLength) fields.push('content-length', String(length))
  return {
    method: request.method,
    target: request.query === '' ? request.path : `${request.path}?${request.query}`,
    httpVersion: '1.1',
    fields,
    endpoints: { remoteAddress: request.ip, encrypted: isSecure ?? true },
  }
}

/**
 * Security: what no client can send over HTTP is not to reach a handler, which may write it into a request or a log of its
 * own. RFC 9110 §5.1, §5.5.
 */
function assertField(name: string, value: string): void {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
    throw createError('NOZOMI_LAMBDA_EVENT', [
      'headers',
      `one with ${JSON.stringify(name)}`,
      'one of names of fields',
    ])
  }
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  if (/[\0\r\n]/.test(value)) {
    const found = JSON.stringify(value).slice(0, 100)
    throw createError('NOZOMI_LAMBDA_EVENT', [`headers.${name}`, found, 'a value without line ends'])
  }
}
