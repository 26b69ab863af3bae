import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
} from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import type { TestContext } from 'node:test'

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  rawHeaders: string[]
  body: string
}

export interface RequestInit {
  method?: string
  headers?: Record<string, string | string[]>
  body?: string | Buffer
}

/** A running server, and ways to ask it. */
export interface Client {
  server: Server
  port: number
  get(path: string, init?: RequestInit): Promise<Answer>
  /** Sends bytes over a socket of its own and gives all that comes back until the server closes it. */
  raw(bytes: string | Buffer): Promise<string>
}

/** Listens on a free port until the test ends. */
export async function serve(t: TestContext, listener: unknown): Promise<Client> {
  return serveOn(t, createServer(listener as RequestListener))
}

export async function serveOn(t: TestContext, server: Server): Promise<Client> {
  if (!server.listening) {
    await new Promise<void>((resolve) => {
      if (server.address() === null) server.listen(0, '127.0.0.1', resolve)
      else server.once('listening', resolve)
    })
  }
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { server, port, get: (path, init) => ask(port, path, init), raw: (bytes) => askRaw(port, bytes) }
}

/** As an application does it: `app.listen()`, whose server constructs the application's own messages. */
export async function listen(t: TestContext, app: unknown): Promise<Client> {
  const server = (app as { listen(port: number, host: string): Server }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return serveOn(t, server)
}

async function ask(port: number, path: string, init: RequestInit = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body } = init
  const res = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    const req = httpRequest(
      { host: '127.0.0.1', port, path: path.replaceAll(' ', '%20'), method, headers, agent: false },
      resolve,
    )
    req.on('error', reject)
    req.end(body)
  })
  return {
    status: res.statusCode as number,
    headers: res.headers,
    rawHeaders: res.rawHeaders,
    body: await text(res),
  }
}

async function askRaw(port: number, bytes: string | Buffer): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(bytes)
  const chunks: Buffer[] = []
  return new Promise((resolve, reject) => {
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')))
  })
}
