import { converse, get, keepAlive, more, pipeline, send, sending } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'
import type { Stage } from '../../harness/stage.js'

const scenario = area('connection/keep-alive')

function counting({ express }: Stage) {
  const app = express()
  let count = 0
  app.use(express.text({ type: () => true }))
  app.use((req, _res, next) => {
    Object.assign(req, { number: ++count })
    next()
  })
  app.get('/late', (req, res) => {
    setImmediate(() => setImmediate(() => res.send(`late ${Reflect.get(req, 'number')}`)))
  })
  app.get('/close', (_req, res) => void res.set('Connection', 'close').send('closing'))
  app.get('/stream', (_req, res) => {
    res.write('a')
    setImmediate(() => res.end('b'))
  })
  app.get('/none', (_req, res) => void res.status(204).end())
  app.use(
    (req, res) => void res.send(`${req.method} ${req.url} ${Reflect.get(req, 'number')} ${req.body ?? ''}`),
  )
  return app
}

scenario('several requests on one connection', counting, [
  keepAlive({ target: '/1' }, { target: '/2' }, { method: 'HEAD', target: '/3' }, { target: '/4' }),
])

scenario('requests with bodies on one connection, read and unread', counting, [
  keepAlive({ method: 'POST', target: '/1', body: 'one' }, { method: 'PUT', target: '/2', body: 'two' }, {}),
])

scenario('pipelined requests are answered in order, also when the first is late', counting, [
  pipeline({ target: '/late' }, { target: '/2' }, { target: '/late' }, { target: '/4' }),
])

scenario('pipelined requests with bodies, streams, HEAD and 204', counting, [
  pipeline(
    { method: 'POST', target: '/1', body: 'body one' },
    { target: '/stream' },
    { method: 'HEAD', target: '/3' },
    { target: '/none' },
    { target: '/5' },
  ),
])

scenario('a request in many small pieces', counting, [
  converse('byte by byte', [
    sending({ method: 'POST', target: '/slow', fields: { 'Content-Length': '5' } }),
    ...[...'bytes'].map((byte) => more(byte)),
    { kind: 'answer' },
  ]),
])

scenario('Connection: close of the client, and of the application', counting, [
  send({ fields: { Connection: 'close' } }),
  get('/close'),
  pipeline({ target: '/close' }, { target: '/never' }),
])

scenario('a request after a malformed one is not answered', counting, [
  converse('good, then bad, then good', [
    sending({ target: '/1' }),
    { kind: 'answer' },
    {
      kind: 'send',
      bytes: Buffer.from('NONSENSE\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n'),
      methods: ['GET'],
    },
    { kind: 'answer' },
  ]),
])

scenario('errors and 404 keep the connection', counting404, [
  keepAlive({ target: '/error' }, { target: '/missing' }, { target: '/fine' }),
])

function counting404({ express }: Stage) {
  const app = express()
  app.set('env', 'test')
  app.get('/error', () => {
    throw Object.assign(new Error('x'), { status: 400 })
  })
  app.get('/fine', (_req, res) => void res.send('fine'))
  return app
}

scenario(
  'a client that closes its half right after the request is still answered',
  ({ express }) => {
    const app = express()
    app.get('/', (_req, res) => void res.send('answered'))
    return app
  },
  [converse('request and end', [sending({}), { kind: 'end' }])],
)

scenario('an upgrade that nobody handles is answered as a request', counting, [
  send({ target: '/upgrade', fields: { Connection: 'Upgrade', Upgrade: 'websocket' } }),
])

scenario(
  'a body that the application did not read does not disturb the next request',
  ({ express }) => {
    const app = express()
    app.use((req, res) => void res.send(`${req.method} unread`))
    return app
  },
  [
    keepAlive({ method: 'POST', body: 'x'.repeat(50_000) }, {}),
    pipeline({ method: 'POST', body: 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n' }, {}),
  ],
)

scenario('CONNECT without a listener ends the connection', counting, [
  converse('CONNECT', [
    { kind: 'send', bytes: Buffer.from('CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n'), methods: ['CONNECT'] },
  ]),
])
