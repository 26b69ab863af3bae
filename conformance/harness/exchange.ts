/**
 * What a client does on one connection, written down before it happens, so that the same conversation can be had
 * over any carrier. Scenarios use the builders below; a carrier plays the steps.
 */

export type Step =
  /** Write these bytes; they begin requests with these methods. */
  | { kind: 'send'; bytes: Buffer; methods: readonly string[] }
  /** Read until each request sent so far has its final answer, or the server closes. */
  | { kind: 'answer' }
  /** Read until a 1xx answer has come, or the final one without it. */
  | { kind: 'interim' }
  /** Close our half of the connection. */
  | { kind: 'end' }
  /** Break the connection off without a word. */
  | { kind: 'reset' }

export interface Exchange {
  label: string
  steps: readonly Step[]
}

export interface RequestInit {
  method?: string
  target?: string
  /** Sent in this order and spelling. `Host` is put in front unless it stands here. */
  fields?: readonly (readonly [name: string, value: string])[] | Record<string, string>
  /** Sent with its Content-Length unless the fields frame it otherwise. */
  body?: string | Buffer
  version?: string
}

export function get(target: string, fields?: RequestInit['fields']): Exchange {
  return send(fields ? { target, fields } : { target })
}

export function head(target: string, fields?: RequestInit['fields']): Exchange {
  return send(fields ? { method: 'HEAD', target, fields } : { method: 'HEAD', target })
}

/** One request on a connection of its own; the client closes its half after the answer. */
export function send(request: RequestInit): Exchange {
  return converse(labelOf(request), [sending(request), { kind: 'answer' }])
}

export function post(target: string, type: string | null, body: string | Buffer, fields = {}): Exchange {
  const typed = type === null ? fields : { 'Content-Type': type, ...fields }
  return send({ method: 'POST', target, fields: typed, body })
}

export function postJson(
  target: string,
  body: string | Buffer,
  fields: Record<string, string> = {},
): Exchange {
  return post(target, 'application/json', body, fields)
}

/** Bytes as they are. `methods` names the methods of the answers to expect, one for each request. */
export function raw(label: string, text: string | Buffer, methods: readonly string[] = ['GET']): Exchange {
  return converse(label, [{ kind: 'send', bytes: toBytes(text), methods }, { kind: 'answer' }])
}

/** Several requests in one packet. */
export function pipeline(...requests: RequestInit[]): Exchange {
  const bytes = Buffer.concat(requests.map(bytesOf))
  const methods = requests.map((request) => request.method ?? 'GET')
  return converse(`pipelined ${requests.map(labelOf).join(', ')}`, [
    { kind: 'send', bytes, methods },
    { kind: 'answer' },
  ])
}

/** Several requests on one connection, each sent when the one before was answered. */
export function keepAlive(...requests: RequestInit[]): Exchange {
  const steps = requests.flatMap((request): Step[] => [sending(request), { kind: 'answer' }])
  return converse(`kept alive ${requests.map(labelOf).join(', ')}`, steps)
}

/** Any conversation; our half is closed at its end. */
export function converse(label: string, steps: readonly Step[]): Exchange {
  return { label, steps }
}

export function sending(request: RequestInit): Step {
  return { kind: 'send', bytes: bytesOf(request), methods: [request.method ?? 'GET'] }
}

/** Bytes that begin no request of their own: the rest of a body. */
export function more(text: string | Buffer): Step {
  return { kind: 'send', bytes: toBytes(text), methods: [] }
}

export function chunked(...chunks: (string | Buffer)[]): Buffer {
  const parts = chunks.map((chunk) => {
    const bytes = toBytes(chunk)
    return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
  })
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')])
}

export function bytesOf(request: RequestInit): Buffer {
  const { method = 'GET', target = '/', version = 'HTTP/1.1' } = request
  const fields = fieldsOf(request)
  const names = new Set(fields.map(([name]) => name.toLowerCase()))
  const body = request.body === undefined ? Buffer.alloc(0) : toBytes(request.body)
  if (!names.has('host') && version === 'HTTP/1.1') fields.unshift(['Host', 'example.test'])
  if (request.body !== undefined && !names.has('content-length') && !names.has('transfer-encoding')) {
    fields.push(['Content-Length', String(body.length)])
  }
  const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([toBytes(`${method} ${target} ${version}\r\n${lines.join('')}\r\n`), body])
}

function fieldsOf(request: RequestInit): [string, string][] {
  const given = request.fields ?? []
  const pairs = Array.isArray(given) ? (given as [string, string][]) : Object.entries(given)
  return pairs.map(([name, value]) => [name, value])
}

function labelOf(request: RequestInit): string {
  const facts = fieldsOf(request).map(([name, value]) => `${name}: ${value}`.slice(0, 60))
  const suffix = facts.length === 0 ? '' : ` (${facts.join('; ')})`
  return `${request.method ?? 'GET'} ${(request.target ?? '/').slice(0, 80)}${suffix}`
}

/** Text goes out as UTF-8; what is not UTF-8 is given as a Buffer. */
function toBytes(text: string | Buffer): Buffer {
  return typeof text === 'string' ? Buffer.from(text, 'utf8') : text
}
