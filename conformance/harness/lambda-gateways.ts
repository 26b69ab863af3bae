import { isUtf8 } from 'node:buffer'

/*
 * The ways in which AWS calls a function over HTTP, as it documents them: a request in the form of an event, and what the
 * function gives as an answer.
 *
 * Left out is what AWS adds of its own: `X-Forwarded-*` (but for the balancer, which tells of a client in no other way),
 * `X-Amzn-Trace-Id`, `Via`.
 */

/** A request, all of which has come. */
export interface Received {
  method: string
  /** As it stands in the request line. */
  target: string
  fields: readonly [name: string, value: string][]
  body: Buffer | null
  ip: string
}

export interface Answered {
  status: number
  reason?: string
  fields: [name: string, value: string][]
  body: Buffer
}

export interface Gateway {
  eventOf(received: Received): object
  answerOf(result: Result): Answered
}

/** What a function gives: each gateway takes some of these. */
interface Result {
  statusCode: number
  statusDescription?: string
  headers?: Record<string, string>
  multiValueHeaders?: Record<string, string[]>
  cookies?: string[]
  body?: string
  isBase64Encoded?: boolean
}

/** REST APIs: names and values apart, those of the query decoded. */
export const restApi: Gateway = {
  eventOf({ method, target, fields, body, ip }) {
    const [path, query] = split(target)
    return {
      resource: '/{proxy+}',
      path,
      httpMethod: method,
      headers: Object.fromEntries(fields),
      multiValueHeaders: listsOf(fields),
      queryStringParameters: nullIfEmpty(Object.fromEntries(decoded(query))),
      multiValueQueryStringParameters: nullIfEmpty(listsOf(decoded(query))),
      pathParameters: { proxy: path.slice(1) },
      stageVariables: null,
      requestContext: {
        httpMethod: method,
        identity: { sourceIp: ip },
        path,
        protocol: 'HTTP/1.1',
        stage: 'prod',
      },
      ...contentOf(body),
    }
  },
  answerOf: (result) => answered(result, Object.entries(result.multiValueHeaders ?? {})),
}

/** HTTP APIs: fields of one name joined, cookies apart, the path decoded. */
export const httpApi: Gateway = {
  eventOf: (received) => version2(received, decode),
  answerOf: (result) => answered(result, [...singles(result.headers), ...cookiesOf(result)]),
}

/** Function URLs: the same, with the path as it was sent. */
export const functionUrl: Gateway = {
  eventOf: (received) => version2(received, (path) => path),
  answerOf: httpApi.answerOf,
}

/** Load balancers with multi-value headers: names in lower case, the client in X-Forwarded-For. */
export const loadBalancer: Gateway = {
  eventOf({ method, target, fields, body, ip }) {
    const [path, query] = split(target)
    const lower = fields.map(([name, value]): [string, string] => [name.toLowerCase(), value])
    return {
      requestContext: {
        elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/a/1' },
      },
      httpMethod: method,
      path,
      multiValueQueryStringParameters: listsOf(pairs(query)),
      multiValueHeaders: listsOf([...lower, ['x-forwarded-for', ip]]),
      ...contentOf(body),
      ...(body === null ? { body: '' } : {}),
    }
  },
  answerOf: (result) => ({
    ...answered(result, Object.entries(result.multiValueHeaders ?? {})),
    reason: (result.statusDescription ?? '').replace(/^\d+ /, ''),
  }),
}

function version2({ method, target, fields, body, ip }: Received, written: (path: string) => string): object {
  const [path, query] = split(target)
  const joined: Record<string, string> = {}
  const cookies: string[] = []
  for (const [name, value] of fields) {
    const lower = name.toLowerCase()
    if (lower === 'cookie') cookies.push(...value.split('; '))
    else joined[lower] = lower in joined ? `${joined[lower]},${value}` : value
  }
  const { body: content, isBase64Encoded } = contentOf(body)
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: written(path),
    rawQueryString: query,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers: joined,
    requestContext: { http: { method, path, protocol: 'HTTP/1.1', sourceIp: ip }, stage: '$default' },
    ...(content === null ? {} : { body: content }),
    isBase64Encoded,
  }
}

function answered(result: Result, lists: [string, string[]][]): Answered {
  return {
    status: result.statusCode,
    fields: lists.flatMap(([name, values]) => values.map((value): [string, string] => [name, value])),
    body: Buffer.from(result.body ?? '', result.isBase64Encoded ? 'base64' : 'utf8'),
  }
}

function singles(headers: Record<string, string> = {}): [string, string[]][] {
  return Object.entries(headers).map(([name, value]) => [name, [value]])
}

function cookiesOf({ cookies = [] }: Result): [string, string[]][] {
  return cookies.length === 0 ? [] : [['Set-Cookie', cookies]]
}

function split(target: string): [path: string, query: string] {
  const at = target.indexOf('?')
  return at === -1 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)]
}

function pairs(query: string): [string, string][] {
  return query.split('&').flatMap((pair): [string, string][] => {
    const at = pair.indexOf('=')
    if (pair === '') return []
    return [at === -1 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]]
  })
}

function decoded(query: string): [string, string][] {
  return pairs(query).map(([name, value]) => [decode(name), decode(value)])
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function listsOf(entries: readonly [string, string][]): Record<string, string[]> {
  const lists = new Map<string, string[]>()
  for (const [name, value] of entries) lists.set(name, [...(lists.get(name) ?? []), value])
  return Object.fromEntries(lists)
}

function nullIfEmpty<T extends object>(record: T): T | null {
  return Object.keys(record).length === 0 ? null : record
}

/** As text where it is some. */
function contentOf(body: Buffer | null): { body: string | null; isBase64Encoded: boolean } {
  if (body === null) return { body: null, isBase64Encoded: false }
  const isBase64Encoded = !isUtf8(body)
  return { body: body.toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded }
}
