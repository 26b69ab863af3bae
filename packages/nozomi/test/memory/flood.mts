import { connect, type Socket } from 'node:net'

/*
 * Requests that have nothing in common but their kind: each names something that no other one does, and does so at
 * length, so that whoever remembers it can't hide.
 */

interface KindOfRequest {
  /** What every request of the kind is answered with: it must reach the code that it is meant for. */
  status: number
  /** The bytes of the request with this number. */
  request(index: number): string
}

const LONG_BYTES = 2000
const LONG = 'x'.repeat(LONG_BYTES)
const LONG_HOST = 'long-label.'.repeat(LONG_BYTES / 10)
const LONG_PATH = '/long-name'.repeat(LONG_BYTES / 10)

/** How much of the heap a request may take for good. Whoever keeps its long text takes twice as much. */
export const BOUND_BYTES = LONG_BYTES / 2

const KINDS = {
  'paths that nobody answers': get(404, (i) => `/missing/${i}${LONG}`),
  'paths of a static folder': get(404, (i) => `/files/${i}${LONG_PATH}`),
  'percent-encoded parameters': get(200, (i) => `/book/%C3%A9${i}%20${LONG}`),
  parameters: get(200, (i) => `/book/${i}${LONG}`),
  'routers made for one request, of layers that stay': get(200, (i) => `/shared/${i}${LONG}`),
  'parameters below a mounted application': get(200, (i) => `/child/shelf/${i}${LONG}/book/${i}${LONG}`),
  'queries, read by the simple parser': get(200, (i) => `/query?a${i}=${i}${LONG}`),
  'queries, read by the extended parser': get(200, (i) => `/child/query?a[b${i}]=${i}${LONG}`),
  hosts: get(200, '/connection', (i) => ({ Host: `host${i}.${LONG_HOST}example` })),
  'forwarded fields': get(200, '/child/connection', (i) => ({
    'X-Forwarded-For': `10.0.${i >> 8}.${i & 255}, 10.1.${i >> 8}.${i & 255}`,
    'X-Forwarded-Host': `host${i}.${LONG_HOST}example`,
    'X-Forwarded-Proto': `proto${i}${LONG}`,
  })),
  cookies: get(302, '/cookie', (i) => ({ Cookie: `c${i}=${i}${LONG}` })),
  'entity tags': get(200, '/book/one', (i) => ({ 'If-None-Match': `"${i}${LONG}", W/"${i}"` })),
  'methods that no route has': get(404, '/book/one', (i) => ({ 'X-Method': `M${i}${LONG}` })),
  'accepted types': get(200, '/format', (i) => ({ Accept: `text/x${i}${LONG}, */*;q=0.1` })),
  'accepted languages': get(200, '/format', (i) => ({ 'Accept-Language': `x${i}${LONG}, en;q=0.1` })),
  'types of bodies': post(200, (i) => [`text/x${i}${LONG}; charset=utf-8`, '{}']),
  'charsets of bodies': post(415, (i) => [`application/json; charset=x${i}${LONG}`, '{}']),
  'bodies in JSON': post(200, (i) => ['application/json', `{"a${i}":"${i}${LONG}"}`]),
  'bodies of forms': post(200, (i) => ['application/x-www-form-urlencoded', `a[b${i}]=${i}${LONG}`]),
  ranges: get(200, '/files/file.txt', (i) => ({ Range: `x${i}${LONG}=0-1` })),
  errors: get(500, (i) => `/throw/${i}${LONG}`),
} satisfies Record<string, KindOfRequest>

export type Kind = keyof typeof KINDS
export const KIND_NAMES = Object.keys(KINDS) as Kind[]

const PIPELINED = 40

/**
 * Sends so many requests over one connection, from the one with this number on, and waits for their answers.
 *
 * @throws Error when one is answered with another status than its kind is.
 */
export async function flood(port: number, kind: Kind, from: number, count: number): Promise<void> {
  const { status, request } = KINDS[kind]
  const socket = connect(port, '127.0.0.1').setEncoding('latin1')
  for (let sent = 0; sent < count; sent += PIPELINED) {
    const batch = Array.from({ length: PIPELINED }, (_, i) => request(from + sent + i))
    const statuses = await answersTo(socket, batch.join(''))
    const other = statuses.find((each) => each !== String(status))
    if (other) throw new Error(`${kind} are answered with ${other}, and not with ${status}`)
  }
  socket.destroy()
}

/** Sends as many requests as go together, and gives the status of each answer when the last one has begun. */
function answersTo(socket: Socket, requests: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    let answers = ''
    function onData(text: string) {
      answers += text
      const [, ...begun] = answers.split('HTTP/1.1 ')
      if (begun.length < PIPELINED) return
      socket.off('data', onData).off('close', onClose)
      resolve(begun.map((answer) => answer.slice(0, 3)))
    }
    function onClose() {
      reject(new Error(`the server closed the connection; the last that it sent: ${answers.slice(-1000)}`))
    }
    socket.on('data', onData).on('close', onClose)
    socket.write(requests)
  })
}

type Fields = Record<string, string>

function get(status: number, target: string | ((i: number) => string), fields?: (i: number) => Fields) {
  return {
    status,
    request: (i: number) => head('GET', typeof target === 'string' ? target : target(i), fields?.(i)),
  }
}

function post(status: number, content: (i: number) => [type: string, body: string]) {
  function request(i: number) {
    const [type, body] = content(i)
    return head('POST', '/body', { 'Content-Type': type, 'Content-Length': String(body.length) }) + body
  }
  return { status, request }
}

function head(method: string, target: string, fields: Fields = {}): string {
  const lines = Object.entries({ Host: 'x', ...fields }).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`
}
