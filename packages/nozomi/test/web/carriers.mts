import { once } from 'node:events'
import { constants, type ClientHttp2Stream, type OutgoingHttpHeaders } from 'node:http2'
import { Readable } from 'node:stream'
import type { TestContext } from 'node:test'
import nozomi from 'nozomi'
import { listenHttp2 } from '../server/http2/http2-client.mjs'
import { serveOn } from '../support/serve.mjs'

/** Asks an application as a Web client would, over one carrier. */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>

/** The carriers, by name, and how a client asks over each. */
export const carriers: Record<string, (t: TestContext, app: unknown) => Promise<Ask>> = {
  node: (t, app) => overSocket(t, app, 'node'),
  turbo: (t, app) => overSocket(t, app, 'turbo'),
  http2: async (t, app) => {
    const { open } = await listenHttp2(t, app)
    return (path, init) => askStream(open, path, init)
  },
  inject: async (_t, app) => async (path, init) => {
    const { method, headers, body, signal } = new Request(`http://localhost${path}`, init)
    const answer = await nozomi.inject(app as never, {
      url: path,
      method,
      headers: [...headers],
      body,
      signal: init?.signal ? signal : undefined,
      stream: true,
    })
    const { status, statusMessage, rawHeaders, stream } = answer
    const fields = new Headers()
    for (let i = 0; i < rawHeaders.length; i += 2)
      fields.append(rawHeaders[i] as string, rawHeaders[i + 1] as string)
    const hasBody = method !== 'HEAD' && ![204, 205, 304].includes(status)
    const content = hasBody ? (Readable.toWeb(stream as Readable) as never) : null
    return new Response(content, { status, statusText: statusMessage, headers: fields })
  },
  fetch: async (_t, app) => (path, init) =>
    (app as nozomi.Nozomi).fetch(new Request(`http://localhost${path}`, init)),
}

async function overSocket(t: TestContext, app: unknown, server: 'node' | 'turbo'): Promise<Ask> {
  const { port } = await serveOn(
    t,
    nozomi.createServer(app as nozomi.Nozomi, { server }).listen(0, '127.0.0.1'),
  )
  return (path, init) => fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init })
}

/** One stream of a connection of HTTP/2, as a client of the Web would have it. */
export async function askStream(
  open: (headers: OutgoingHttpHeaders, endStream?: boolean) => ClientHttp2Stream,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  const { method, headers, body, signal } = new Request(`http://localhost${path}`, init)
  const stream = open({ ':method': method, ':path': path, ...Object.fromEntries(headers) }, body === null)
  stream.on('error', () => {})
  if (body !== null) Readable.fromWeb(body as never).pipe(stream)
  signal.addEventListener('abort', () => {
    stream.close(constants.NGHTTP2_CANCEL)
    stream.destroy(signal.reason as Error)
  })
  const [fields] = (await once(stream, 'response')) as [Record<string, string | string[]>]
  const status = Number(fields[':status'])
  const answered = new Headers()
  for (const [name, value] of Object.entries(fields)) {
    if (name.startsWith(':')) continue
    for (const one of Array.isArray(value) ? value : [value]) answered.append(name, one)
  }
  const hasBody = method !== 'HEAD' && ![204, 205, 304].includes(status)
  if (!hasBody) stream.resume()
  return new Response(hasBody ? (Readable.toWeb(stream) as never) : null, { status, headers: answered })
}
