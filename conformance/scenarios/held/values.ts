import { converse, get, send, sending } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'

const scenario = area('held/values')

scenario(
  'a value can not close its link and add another one',
  ({ express }) => {
    const app = express()
    app.get(
      '/target',
      (_req, res) => void res.links({ next: 'http://a/>; rel="x", <http://evil.example/' }).end(),
    )
    app.get(
      '/relation',
      (_req, res) => void res.links({ 'next", <http://evil.example/>; rel="x': 'http://a/' }).end(),
    )
    app.get('/plain', (_req, res) => void res.links({ next: 'http://a/?b=1&c=%3C' }).end())
    return app
  },
  [get('/target'), get('/relation'), get('/plain')],
  {
    differs: {
      id: 'link-escaped',
      express: {
        sheets: [
          { fields: { Link: '<http://a/>; rel="x", <http://evil.example/>; rel="next"' } },
          { fields: { Link: '<http://a/>; rel="next", <http://evil.example/>; rel="x"' } },
          'same',
        ],
      },
      subject: {
        sheets: [
          { fields: { Link: '<http://a/%3E; rel="x", %3Chttp://evil.example/>; rel="next"' } },
          { fields: { Link: '<http://a/>; rel="next\\", <http://evil.example/>; rel=\\"x"' } },
          'same',
        ],
      },
    },
  },
)

const hosts = [
  'evil.com:fake@good.com',
  'a b',
  'a/b',
  'a?b',
  'a#b',
  'user@host',
  'a:80:90',
  'a:port',
  '[::1',
  'a\\b',
]

/** RFC 9112 §3.2: turbo does not let them in. */
const HOSTS_REFUSED = Object.fromEntries(hosts.map((host) => [`GET / (Host: ${host})`, 400]))

scenario(
  'a Host that is no host gives no hostname',
  ({ express }) => {
    const app = express()
    app.use((req, res) => void res.json({ hostname: req.hostname ?? null, subdomains: req.subdomains }))
    return app
  },
  [...hosts, 'good.example:8080'].map((host) => get('/', [['Host', host]])),
  {
    refusedByTurbo: HOSTS_REFUSED,
    differs: {
      id: 'hostname-validated',
      express: {
        sheets: [
          ...['evil.com', 'a b', 'a/b', 'a?b', 'a#b', 'user@host', 'a', 'a', '[', 'a\\\\b'].map(
            (hostname) => ({
              status: 200,
              body: new RegExp(`^\\{"hostname":"${hostname.replace(/[[\\?]/g, '\\$&')}"`),
            }),
          ),
          'same',
        ],
      },
      subject: {
        sheets: [...hosts.map(() => ({ status: 200, body: '{"hostname":null,"subdomains":[]}' })), 'same'],
      },
    },
  },
)

scenario(
  'neither does an X-Forwarded-Host that is none',
  ({ express }) => {
    const app = express()
    app.enable('trust proxy')
    app.use((req, res) => void res.json([req.hostname ?? null]))
    return app
  },
  [
    get('/', { 'X-Forwarded-Host': 'evil.com:fake@good.com' }),
    get('/', { 'X-Forwarded-Host': 'evil.com:fake@good.com, b.example' }),
    get('/', { 'X-Forwarded-Host': 'b.example:81' }),
  ],
  {
    differs: {
      id: 'hostname-validated',
      express: { sheets: [{ body: '["evil.com"]' }, { body: '["evil.com"]' }, 'same'] },
      subject: { sheets: [{ body: '[null]' }, { body: '[null]' }, 'same'] },
    },
  },
)

scenario(
  'validate host disabled gives whatever the field holds, as Express does',
  ({ express, note }) => {
    const app = express()
    app.disable('validate host')
    app.use((req, res) => {
      note('host', [req.host, req.hostname])
      res.end()
    })
    return app
  },
  hosts.map((host) => get('/', [['Host', host]])),
  { refusedByTurbo: HOSTS_REFUSED },
)

scenario(
  'a backslash at the start of a redirect does not lead to another host',
  ({ express }) => {
    const app = express()
    app.use((req, res) => res.redirect(decodeURIComponent(req.path.slice(1))))
    return app
  },
  [
    '/\\evil.example',
    '\\/evil.example',
    '\\\\evil.example',
    '/\\/evil.example',
    '/fine',
    '//open.example/',
  ].map((to) => get(`/${encodeURIComponent(to)}`)),
  {
    differs: {
      id: 'location-backslash',
      express: {
        sheets: [
          { status: 302, fields: { Location: '/\\evil.example' } },
          { status: 302, fields: { Location: '\\/evil.example' } },
          { status: 302, fields: { Location: '\\\\evil.example' } },
          { status: 302, fields: { Location: '/\\/evil.example' } },
          'same',
          'same',
        ],
      },
      subject: {
        sheets: [
          { status: 302, fields: { Location: '/%5Cevil.example' } },
          { status: 302, fields: { Location: '%5C/evil.example' } },
          { status: 302, fields: { Location: '%5C%5Cevil.example' } },
          { status: 302, fields: { Location: '/%5C/evil.example' } },
          'same',
          'same',
        ],
      },
    },
  },
)

scenario(
  'a body longer than its Content-Length does not become the next answer',
  ({ express }) => {
    const app = express()
    app.get('/end', (_req, res) => void res.set('Content-Length', '5').end('hello, and more'))
    app.get('/write', (_req, res) => {
      res.set('Content-Length', '5').write('hello')
      res.end(', and more')
    })
    app.get('/exact', (_req, res) => void res.set('Content-Length', '5').end('hello'))
    return app
  },
  [get('/end'), get('/write'), get('/exact')],
  {
    differs: {
      id: 'content-length-kept',
      express: {
        sheets: [
          {
            answers: [{ status: 200, fields: { 'Content-Length': '5' }, body: 'hello' }],
            surplus: ', and more',
          },
          {
            answers: [{ status: 200, fields: { 'Content-Length': '5' }, body: 'hello' }],
            surplus: ', and more',
          },
          'same',
        ],
      },
      subject: {
        sheets: [
          { answers: [{ status: 200, fields: { 'Content-Length': '15' }, body: 'hello, and more' }] },
          { answers: [{ status: 200, fields: { 'Content-Length': '5' }, body: 'hello' }] },
          'same',
        ],
      },
    },
  },
)

scenario(
  'a body shorter than its Content-Length does not leave the client waiting',
  ({ express }) => {
    const app = express()
    app.get('/end', (_req, res) => void res.set('Content-Length', '50').end('hello'))
    return app
  },
  // The client closes its half at once: Express would let it wait for the other 45 bytes.
  [converse('GET /end, then the end', [sending({ target: '/end' }), { kind: 'end' }])],
  {
    differs: {
      id: 'content-length-kept',
      express: { sheets: [{ status: 200, fields: { 'Content-Length': '50' }, body: 'hello' }] },
      subject: { sheets: [{ status: 200, fields: { 'Content-Length': '5' }, body: 'hello' }] },
    },
  },
)

const thrown = ['throw/route', 'throw/router', 'reject/route', 'reject/router']

function throwingSignals(app: import('express').Express) {
  app.set('env', 'test')
  app.get('/:how/:signal', (req) => {
    if (req.params.how === 'throw') throw req.params.signal
    return Promise.reject(req.params.signal) as Promise<void>
  })
  app.get('/:how/:signal', (_req, res) => void res.send('the route behind'))
  return app
}

scenario(
  "a thrown or rejected 'route' or 'router' is an error",
  ({ express }) => throwingSignals(express()),
  thrown.map((path) => get(`/${path}`)),
  {
    differs: {
      id: 'thrown-signal',
      express: {
        sheets: [
          { status: 200, body: 'the route behind' },
          { status: 404 },
          { status: 200, body: 'the route behind' },
          { status: 404 },
        ],
      },
      subject: {
        sheets: ['route', 'router', 'route', 'router'].map((signal) => ({
          status: 500,
          body: new RegExp(`threw or rejected with the string &quot;${signal}&quot;`),
        })),
      },
    },
  },
)

scenario(
  'thrown routing signals enabled lets them steer, as Express does',
  ({ express }) => throwingSignals(express().enable('thrown routing signals')),
  thrown.map((path) => get(`/${path}`)),
)

scenario(
  'fields of 103 Early Hints are as they are given',
  ({ express }) => {
    const app = express()
    app.use((_req, res) => {
      res.writeEarlyHints({ link: '</style.css>; rel=preload', 'x-id': '1' })
      res.end()
    })
    return app
  },
  [send({})],
)
