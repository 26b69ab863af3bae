import { Buffer } from 'node:buffer'

/*
 * The gateways of AWS, as far as a function sees them: events and results in the formats that AWS documents. What they do
 * to a path and a query is written out: REST APIs, function URLs and load balancers hand on a path as it was sent, HTTP
 * APIs decode it; REST APIs decode a query.
 */

/** A request as a client sends it. */
export interface Sent {
  method?: string
  path?: string
  query?: string
  headers?: [string, string][]
  body?: string | Buffer
  ip?: string
}

/** What a client gets. */
export interface Got {
  status: number
  headers: Record<string, string>
  cookies: string[]
  body: Buffer
  isBase64Encoded: boolean
}

export interface Gateway {
  event(sent: Sent): any
  got(result: any): Got
}

const HOST = 'api.example.test'
const HEADERS: [string, string][] = [
  ['Host', HOST],
  ['X-Forwarded-Proto', 'https'],
  ['X-Forwarded-Port', '443'],
]

const pairsOf = (query: string) =>
  query === '' ? [] : query.split('&').map((pair) => pair.split('=') as [string, string])

/** One value for each name, the last; or all. */
const lastOf = (pairs: [string, string][]) => (pairs.length === 0 ? null : Object.fromEntries(pairs))
function allOf(pairs: [string, string][]) {
  const lists: Record<string, string[]> = {}
  for (const [name, value] of pairs) (lists[name] ??= []).push(value)
  return pairs.length === 0 ? null : lists
}

function bodyOf(body: string | Buffer | undefined) {
  if (body === undefined) return { body: null, isBase64Encoded: false }
  return typeof body === 'string'
    ? { body, isBase64Encoded: false }
    : { body: body.toString('base64'), isBase64Encoded: true }
}

function restEvent({ method = 'GET', path = '/', query = '', headers = [], body, ip = '203.0.113.5' }: Sent) {
  const fields = [...HEADERS, ...headers]
  const parameters = pairsOf(query).map((pair) => pair.map(decodeURIComponent) as [string, string])
  return {
    resource: '/{proxy+}',
    path,
    httpMethod: method,
    headers: lastOf(fields),
    multiValueHeaders: allOf(fields),
    queryStringParameters: lastOf(parameters),
    multiValueQueryStringParameters: allOf(parameters),
    pathParameters: { proxy: decodeURIComponent(path.slice(1)) },
    stageVariables: null,
    requestContext: {
      accountId: '123456789012',
      apiId: 'a1b2c3d4e5',
      domainName: HOST,
      httpMethod: method,
      identity: { sourceIp: ip, userAgent: 'test', cognitoIdentityId: null },
      path: `/prod${path}`,
      protocol: 'HTTP/1.1',
      requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
      resourcePath: '/{proxy+}',
      stage: 'prod',
    },
    ...bodyOf(body),
  }
}

function httpEvent(sent: Sent, { stage, isDecoded }: { stage: string; isDecoded: boolean }) {
  const { method = 'GET', path = '/', query = '', headers = [], body, ip = '203.0.113.5' } = sent
  const cookies = headers
    .filter(([name]) => name.toLowerCase() === 'cookie')
    .flatMap(([, value]) => value.split('; '))
  const fields: Record<string, string> = {}
  for (const [name, value] of [...HEADERS, ...headers]) {
    const lower = name.toLowerCase()
    if (lower !== 'cookie') fields[lower] = lower in fields ? `${fields[lower]},${value}` : value
  }
  const { body: content, isBase64Encoded } = bodyOf(body)
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: isDecoded ? decodeURIComponent(path) : path,
    rawQueryString: query,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers: fields,
    ...(query === '' ? {} : { queryStringParameters: lastOf(pairsOf(query)) }),
    requestContext: {
      accountId: '123456789012',
      apiId: 'a1b2c3d4e5',
      domainName: HOST,
      domainPrefix: 'api',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: ip, userAgent: 'test' },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: '$default',
      stage,
      time: '12/Mar/2026:19:03:58 +0000',
      timeEpoch: 1_773_342_238_000,
    },
    ...(content === null ? {} : { body: content }),
    isBase64Encoded,
  }
}

function balancerEvent(sent: Sent, isMultiple: boolean) {
  const { method = 'GET', path = '/', query = '', headers = [], body, ip = '203.0.113.5' } = sent
  // A balancer writes the names of fields in lower case, and adds the address of the client to what the client says.
  const fields = [...HEADERS, ...headers].map(
    ([name, value]) => [name.toLowerCase(), value] as [string, string],
  )
  fields.push(['x-forwarded-for', ip])
  const parameters = pairsOf(query)
  return {
    requestContext: {
      elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/a/1' },
    },
    httpMethod: method,
    path,
    ...(isMultiple
      ? { multiValueQueryStringParameters: allOf(parameters) ?? {}, multiValueHeaders: allOf(fields) }
      : { queryStringParameters: lastOf(parameters) ?? {}, headers: lastOf(fields) }),
    ...bodyOf(body),
    body: bodyOf(body).body ?? '',
  }
}

/** What a result says, read strictly: a member that the gateway would not know is a fault. */
function read(result: any, members: string[]): Got {
  for (const name of Object.keys(result)) {
    if (!members.includes(name)) throw new Error(`the gateway knows no ${name} in a result`)
  }
  const { statusCode, headers = {}, multiValueHeaders = {}, cookies = [], body, isBase64Encoded } = result
  if (!Number.isInteger(statusCode)) throw new Error(`statusCode is ${statusCode}`)
  if (typeof body !== 'string' || typeof isBase64Encoded !== 'boolean') throw new Error('the body is no text')
  const got: Got = {
    status: statusCode,
    headers: {},
    cookies: [...cookies],
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  }
  for (const [name, value] of [...Object.entries(headers), ...Object.entries(multiValueHeaders)]) {
    const values = Array.isArray(value) ? value : [value]
    if (!values.every((one) => typeof one === 'string'))
      throw new Error(`${name} is ${JSON.stringify(value)}`)
    if (name.toLowerCase() === 'set-cookie') got.cookies.push(...values)
    else got.headers[name.toLowerCase()] = values.join(', ')
  }
  return got
}

const multiple = (result: any) => read(result, ['statusCode', 'multiValueHeaders', 'body', 'isBase64Encoded'])
const single = (result: any) => read(result, ['statusCode', 'headers', 'cookies', 'body', 'isBase64Encoded'])
function balanced(result: any, fields: string) {
  if (!/^\d{3} \S/.test(result.statusDescription))
    throw new Error(`statusDescription is ${result.statusDescription}`)
  return read(result, ['statusCode', 'statusDescription', fields, 'body', 'isBase64Encoded'])
}

export const gateways: Record<string, Gateway> = {
  'a REST API': { event: restEvent, got: multiple },
  'an HTTP API with the format 1.0': {
    event: (sent) => ({ version: '1.0', ...restEvent(sent), path: decodeURIComponent(sent.path ?? '/') }),
    got: multiple,
  },
  'an HTTP API': { event: (sent) => httpEvent(sent, { stage: '$default', isDecoded: true }), got: single },
  'a function URL': {
    event: (sent) => httpEvent(sent, { stage: '$default', isDecoded: false }),
    got: single,
  },
  'a load balancer': {
    event: (sent) => balancerEvent(sent, false),
    got: (result) => balanced(result, 'headers'),
  },
  'a load balancer with multi-value fields': {
    event: (sent) => balancerEvent(sent, true),
    got: (result) => balanced(result, 'multiValueHeaders'),
  },
}

/** An HTTP API whose stage has a name, which stands before the path. */
export function stagedEvent(stage: string, path: string): any {
  return httpEvent({ path: `/${stage}${path}` }, { stage, isDecoded: true })
}
