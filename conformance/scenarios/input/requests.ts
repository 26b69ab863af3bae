import { get, raw, send } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'
import type { Stage } from '../../harness/stage.js'

const scenario = area('input/requests')

/** Answers what arrived, so that a request that was refused is told from one that was understood otherwise. */
function echoing({ express }: Stage) {
  const app = express()
  app.use(express.text({ type: () => true }))
  app.use((req, res) => {
    res.json({ method: req.method, url: req.url, headers: req.headers, body: req.body ?? null })
  })
  return app
}

const lines: [string, string][] = [
  ['an empty line first', '\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['no version', 'GET /\r\nHost: a\r\n\r\n'],
  ['version 2.0', 'GET / HTTP/2.0\r\nHost: a\r\n\r\n'],
  ['version 1.2', 'GET / HTTP/1.2\r\nHost: a\r\n\r\n'],
  ['version 0.9', 'GET / HTTP/0.9\r\nHost: a\r\n\r\n'],
  ['a lower case version', 'GET / http/1.1\r\nHost: a\r\n\r\n'],
  ['two spaces', 'GET  / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a tab', 'GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a space in the target', 'GET /a b HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a control character in the target', 'GET /a\u0001b HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['bare line feeds', 'GET / HTTP/1.1\nHost: a\n\n'],
  ['a bare carriage return', 'GET / HTTP/1.1\rHost: a\r\n\r\n'],
  ['a relative target', 'GET path HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['an unknown method', 'BREW / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a method in lower case', 'get / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['nothing but noise', '\u0016\u0003\u0001\r\n\r\n'],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
]

scenario(
  'request lines',
  echoing,
  lines.map(([label, text]) => raw(label, text)),
  {
    refusedByTurbo: {
      'no version': 400,
      'version 2.0': 505,
      'version 0.9': 505,
      'two spaces': 400,
    },
  },
)

const fields: [string, string][] = [
  ['no Host', 'GET / HTTP/1.1\r\n\r\n'],
  ['two Hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'],
  ['a space before the colon', 'GET / HTTP/1.1\r\nHost: a\r\nX-A : 1\r\n\r\n'],
  ['no colon', 'GET / HTTP/1.1\r\nHost: a\r\nX-A\r\n\r\n'],
  ['an empty name', 'GET / HTTP/1.1\r\nHost: a\r\n: 1\r\n\r\n'],
  ['a folded line', 'GET / HTTP/1.1\r\nHost: a\r\nX-A: 1\r\n 2\r\n\r\n'],
  ['a null in a value', 'GET / HTTP/1.1\r\nHost: a\r\nX-A: a\u0000b\r\n\r\n'],
  ['a space in a name', 'GET / HTTP/1.1\r\nHost: a\r\nX A: 1\r\n\r\n'],
  ['spaces around a value', 'GET / HTTP/1.1\r\nHost: a\r\nX-A: \t 1 \t \r\n\r\n'],
  ['bytes above 127', 'GET / HTTP/1.1\r\nHost: a\r\nX-A: ä\r\n\r\n'],
  ['an absurd number of fields', `GET / HTTP/1.1\r\nHost: a\r\n${'X-A: 1\r\n'.repeat(3000)}\r\n`],
  ['a field that is too long', `GET / HTTP/1.1\r\nHost: a\r\nX-A: ${'x'.repeat(20_000)}\r\n\r\n`],
  ['a target that is too long', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`],
]

scenario(
  'fields',
  echoing,
  fields.map(([label, text]) => raw(label, text)),
  { refusedByTurbo: { 'no Host': 400, 'two Hosts': 400, 'an absurd number of fields': 431 } },
)

const framing: [string, string][] = [
  ['two lengths that agree', 'Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc'],
  ['two lengths that differ', 'Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd'],
  ['a list of lengths', 'Content-Length: 3, 3\r\n\r\nabc'],
  ['a negative length', 'Content-Length: -3\r\n\r\nabc'],
  ['a length with a sign', 'Content-Length: +3\r\n\r\nabc'],
  ['a hexadecimal length', 'Content-Length: 0x3\r\n\r\nabc'],
  ['an enormous length', 'Content-Length: 99999999999999999999999\r\n\r\nabc'],
  ['an empty length', 'Content-Length: \r\n\r\n'],
  ['length and chunks', 'Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['chunks and length', 'Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n'],
  ['an unknown transfer coding', 'Transfer-Encoding: cow\r\n\r\n'],
  ['chunked not last', 'Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n'],
  ['chunked twice', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['a chunk extension', 'Transfer-Encoding: chunked\r\n\r\n3;ext=1\r\nabc\r\n0\r\n\r\n'],
  ['a trailer', 'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-T: 1\r\n\r\n'],
  ['a bad chunk size', 'Transfer-Encoding: chunked\r\n\r\nxyz\r\nabc\r\n0\r\n\r\n'],
  ['a chunk without its end', 'Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n'],
]

scenario(
  'framing of bodies, and conflicts',
  echoing,
  framing.map(([label, rest]) => raw(label, `POST / HTTP/1.1\r\nHost: a\r\n${rest}`, ['POST'])),
  { unlogged: true },
)

scenario('HTTP/1.0, with and without keep-alive', echoing, [
  send({ version: 'HTTP/1.0' }),
  send({ version: 'HTTP/1.0', fields: { Connection: 'keep-alive' } }),
  send({ version: 'HTTP/1.0', method: 'POST', body: 'body' }),
])

scenario(
  'malformed percent-encoding: fine for middleware, 400 for a param, 400 for static',
  ({ express }) => {
    const app = express()
    app.use('/plain', (req, res) => void res.send(req.url))
    app.get('/param/:id', (req, res) => void res.send(req.params.id))
    app.get('/rest/*path', (req, res) => void res.json(req.params.path))
    app.use('/static', express.static('/nowhere', { fallthrough: false }))
    return app
  },
  [
    '/plain/%',
    '/plain/%zz',
    '/param/%',
    '/param/%ff',
    '/rest/a/%c3/b',
    '/rest/%',
    '/static/%',
    '/static/%c3',
  ].map((target) => get(target)),
  { env: 'production' },
)

scenario('a client that says nothing, or only half a head', echoing, [
  raw('nothing', '', []),
  raw('half a head', 'GET / HTTP/1.1\r\nHost: a\r\n', []),
])
