import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { connect, createServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { chunked, converse, more, post, send, sending } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'
import type { Stage } from '../../harness/stage.js'

const scenario = area('held/unread-bodies')

/** Longer than what is read of a body of unknown length, and short enough to be taken in after the answer. */
const long = chunked(...Array.from({ length: 9 }, () => 'x'.repeat(50_000)))

const inChunks = { 'Transfer-Encoding': 'chunked' }

scenario(
  'a body of unknown length that passes the limit is read for a moment only',
  ({ express }) => {
    const app = express()
    app.use(express.text({ limit: 100 }))
    return app
  },
  [send({ method: 'POST', fields: { ...inChunks, 'Content-Type': 'text/plain' }, body: long })],
  {
    env: 'test',
    differs: {
      id: 'body-limit-early',
      express: { sheets: [{ status: 413, fields: { Connection: 'keep-alive' } }] },
      subject: { sheets: [{ status: 413, fields: { Connection: 'close' } }] },
    },
  },
)

scenario(
  'the final handler does not read a body of unknown length to its end',
  ({ express }) => express(),
  [
    send({ method: 'POST', fields: inChunks, body: long }),
    send({ method: 'POST', fields: inChunks, body: chunked('x'.repeat(1000)) }),
    post('/', 'text/plain', 'x'.repeat(1_000_000)),
  ],
  {
    differs: {
      id: 'final-body-early',
      express: { sheets: [{ status: 404, fields: { Connection: 'keep-alive' } }, 'same', 'same'] },
      subject: { sheets: [{ status: 404, fields: { Connection: 'close' } }, 'same', 'same'] },
    },
  },
)

/** Asks before it sends two bytes; sends them when it was told to go on, or was answered. */
const asking = converse('Expect: 100-continue', [
  sending({ method: 'POST', fields: { Expect: '100-continue', 'Content-Length': '2' } }),
  { kind: 'interim' },
  more('xy'),
  { kind: 'answer' },
])

function answering({ express }: Stage) {
  const app = express()
  app.use((_req, res) => void res.send('not read'))
  return app
}

scenario(
  '100 Continue is not sent for a body that nobody reads',
  answering,
  // A server that the application did not make can only be taught with its first request.
  [send({}), asking],
  {
    // Node answers the expectation by itself on a server that does not know the application.
    carriers: ['listen', 'create-server'],
    differs: {
      id: 'continue-when-read',
      express: { sheets: ['same', { answers: [{ status: 100 }, { status: 200, body: 'not read' }] }] },
      subject: { sheets: ['same', { answers: [{ status: 200, body: 'not read' }] }] },
    },
  },
)

scenario(
  'a listener for checkContinue decides about it, as in Express',
  (stage) => {
    const app = answering(stage)
    const listen = (port: number, host: string) =>
      app.listen(port, host).on('checkContinue', function (this: Server, req, res) {
        res.writeContinue()
        this.emit('request', req, res)
      })
    return Object.assign((req: IncomingMessage, res: ServerResponse) => void app(req, res), { listen })
  },
  [send({}), asking],
  { carriers: ['listen'] },
)

scenario(
  'body parsers read an HTTP/2 request that names no length',
  async ({ express, note, cleanup }) => {
    const parse = express.json()
    const server = createServer((req, res) => {
      parse(req as never, res as never, () => {
        note('body', (req as { body?: unknown }).body)
        res.end('parsed')
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    cleanup(() => {
      session.destroy()
      server.close()
    })
    const request = session.request({ ':method': 'POST', 'content-type': 'application/json' })
    request.end('{"a":1}')
    note('answer', await text(request))
  },
  [],
  {
    differs: {
      id: 'body-http2',
      express: { sheets: [], notes: ['body = undefined', "answer = 'parsed'"] },
      subject: { sheets: [], notes: ['body = { a: 1 }', "answer = 'parsed'"] },
    },
  },
)
