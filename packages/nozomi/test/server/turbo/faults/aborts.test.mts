import assert from 'node:assert/strict'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { Client, eventually, head } from './client.mjs'
import { type Contestant, connectionsOf, listening, wires } from './contestants.mjs'

/*
 * A client that goes away, at every stage of an exchange and in every way: what handlers are told of it, and in which
 * order, is what node:http tells them. The oracle runs beside it, on the same version of node.
 */

interface Stage {
  name: string
  /** What the client sends before it goes. */
  sends: string
  /** The handler: what it does as soon as it is called. */
  act?: (res: ServerResponse) => void
  /** What must have come back before the client goes. */
  awaits?: string
  /** A response waits for the one before it. Before Node 24, node:http tells it nothing; turbo does what Node 24 does. */
  waits?: boolean
}

const NODE_MAJOR = Number.parseInt(process.versions.node, 10)
const POST = head('POST /', 'Content-Length: 10')
const CHUNKED = head('POST /', 'Transfer-Encoding: chunked')

const STAGES: readonly Stage[] = [
  { name: 'before any byte', sends: '' },
  { name: 'in the request line', sends: 'GET /some' },
  { name: 'in a field', sends: 'GET / HTTP/1.1\r\nHost: x\r\nAccept: text' },
  { name: 'before the last line of the head', sends: 'GET / HTTP/1.1\r\nHost: x\r\n' },
  { name: 'before the body', sends: POST },
  { name: 'in the body', sends: `${POST}12345` },
  { name: 'before the first chunk', sends: CHUNKED },
  { name: 'in the size of a chunk', sends: `${CHUNKED}1` },
  { name: 'in a chunk', sends: `${CHUNKED}5\r\n12` },
  { name: 'between chunks', sends: `${CHUNKED}5\r\n12345\r\n` },
  { name: 'before the trailers', sends: `${CHUNKED}5\r\n12345\r\n0\r\n` },
  { name: 'in the trailers', sends: `${CHUNKED}5\r\n12345\r\n0\r\nX-One: 1` },
  { name: 'before the answer', sends: head('GET /') },
  { name: 'before the answer to a body', sends: `${POST}1234567890` },
  {
    name: 'after the head of the answer',
    sends: head('GET /'),
    act: (res) => void res.writeHead(200).flushHeaders(),
    awaits: '\r\n\r\n',
  },
  { name: 'in the answer', sends: head('GET /'), act: (res) => void res.write('some'), awaits: 'some' },
  {
    name: 'in an answer of known length',
    sends: head('GET /'),
    act: (res) => void res.writeHead(200, { 'Content-Length': '10' }).write('some'),
    awaits: 'some',
  },
  {
    name: 'in the body, answered before it came',
    sends: `${POST}12345`,
    act: (res) => void res.end('early'),
    awaits: 'early',
  },
  { name: 'after the answer', sends: head('GET /'), act: (res) => void res.end('all'), awaits: 'all' },
  {
    name: 'in a second request',
    sends: `${head('GET /')}GET /two`,
    act: (res) => void res.end('all'),
    awaits: 'all',
  },
  { name: 'before the answers to two requests', sends: head('GET /') + head('GET /two'), waits: true },
]

const WAYS: Record<string, (client: Client) => void> = {
  'ends its half': ({ socket }) => void socket.end(),
  'resets the connection': (client) => client.reset(),
}

/** What handlers do with the body of the request. */
const READINGS: Record<string, (req: IncomingMessage, note: (line: string) => void) => void> = {
  'reads the body': (req, note) => void req.on('data', (chunk: Buffer) => note(`req data ${chunk}`)),
  'lets the body be': () => {},
}

for (const { over, node, turbo } of wires) {
  describe(`a client that goes away${over}`, () => {
    for (const { title, ...exchange } of exchanges()) {
      it(title, async (t) => {
        const expected = await performance(t, node, exchange)
        const actual = await performance(t, turbo, exchange)
        assert.deepEqual(toldBy(exchange.stage, actual), toldBy(exchange.stage, expected))
      })
    }
  })
}

interface Exchange {
  stage: Stage
  leave(client: Client): void
  read(req: IncomingMessage, note: (line: string) => void): void
}

function* exchanges(): Generator<Exchange & { title: string }> {
  for (const stage of STAGES) {
    for (const [way, leave] of Object.entries(WAYS)) {
      for (const [reading, read] of Object.entries(READINGS)) {
        yield { title: `${stage.name}: it ${way}, the handler ${reading}`, stage, leave, read }
      }
    }
  }
}

/** A trace without what a waiting response is told, where node:http tells it nothing. */
function toldBy({ waits }: Stage, trace: string[]): string[] {
  if (!waits || NODE_MAJOR >= 24) return trace
  return trace.filter((line) => !line.startsWith('2: res')).slice(0, -1)
}

/** What is told of the connection's end, line by line, and the state of each message afterwards. */
async function performance(
  t: TestContext,
  { create, isSecure }: Contestant,
  { stage, leave, read }: Exchange,
): Promise<string[]> {
  const trace: string[] = []
  const messages: [IncomingMessage, ServerResponse][] = []
  const sockets: Socket[] = []
  const server: Server = create({}, (req, res) => {
    const number = messages.push([req, res])
    const note = (line: string) => void trace.push(`${number}: ${line}`)
    watch(note, req, res)
    read(req, note)
    stage.act?.(res)
  })
  server.on(isSecure ? 'secureConnection' : 'connection', (socket: Socket) => sockets.push(socket))
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    trace.push(`clientError ${error.code}`)
    socket.destroy()
  })
  const port = await listening(t, server)
  const client = await Client.open(port, { isSecure })
  if (stage.sends) client.send(stage.sends)
  await eventually(() => sockets[0]?.bytesRead === stage.sends.length)
  if (stage.awaits) await client.until(stage.awaits)
  // What the last bytes set off has happened.
  await delay(5)
  trace.push('the client goes')
  leave(client)
  await eventually(async () => (await connectionsOf(server)) === 0)
  await delay(5)
  for (const [req, res] of messages) trace.push(stateOf(req, res))
  return trace
}

function watch(note: (line: string) => void, req: IncomingMessage, res: ServerResponse): void {
  for (const name of ['end', 'aborted', 'error', 'close']) {
    req.on(name, (error?: NodeJS.ErrnoException) => note(`req ${name} ${error?.code ?? ''}`))
  }
  for (const name of ['finish', 'error', 'close']) {
    res.on(name, (error?: NodeJS.ErrnoException) => note(`res ${name} ${error?.code ?? ''}`))
  }
}

function stateOf(req: IncomingMessage, res: ServerResponse): string {
  const { complete, destroyed, readableEnded, readableAborted } = req
  const { headersSent, writableEnded, writableFinished } = res
  return JSON.stringify({
    req: { aborted: req.aborted, complete, destroyed, readableEnded, readableAborted },
    res: { destroyed: res.destroyed, closed: res.closed, headersSent, writableEnded, writableFinished },
  })
}
