import { attempt } from '../../harness/describe.js'
import { get } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'

const scenario = area('req/fields')

scenario(
  'get and header read fields in any case, Referer and Referrer for one another',
  ({ express, note }) => {
    const app = express()
    app.use((req, res) => {
      for (const name of ['content-type', 'CONTENT-TYPE', 'X-None', 'Referer', 'Referrer', 'X-Empty']) {
        note(name, [req.get(name), req.header(name)])
      }
      res.end()
    })
    return app
  },
  [
    get('/', { 'Content-Type': 'text/plain', 'X-Empty': '' }),
    get('/', { Referer: 'http://a/' }),
    get('/', { Referrer: 'http://b/' }),
    get('/', { Referer: 'http://a/', Referrer: 'http://b/' }),
  ],
)

scenario(
  'get refuses names that are none',
  ({ express, note }) => {
    const app = express()
    app.use((req, res) => {
      note(
        'nothing',
        attempt(() => (req.get as () => unknown)()),
      )
      note(
        'empty',
        attempt(() => req.get('')),
      )
      note(
        'number',
        attempt(() => req.get(42 as never)),
      )
      note(
        'null',
        attempt(() => req.get(null as never)),
      )
      note(
        'object',
        attempt(() => req.get({} as never)),
      )
      note(
        '__proto__',
        attempt(() => req.get('__proto__')),
      )
      note(
        'constructor',
        attempt(() => typeof req.get('constructor')),
      )
      res.end()
    })
    return app
  },
  [get('/')],
)

scenario(
  'repeated fields are joined, dropped or listed as node does',
  ({ express, note }) => {
    const app = express()
    app.use((req, res) => {
      note('headers', req.headers)
      note('distinct', req.headersDistinct)
      note('set-cookie', req.get('Set-Cookie'))
      res.end()
    })
    return app
  },
  [
    get('/', [
      ['X-A', '1'],
      ['X-A', '2'],
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
      ['User-Agent', 'one'],
      ['User-Agent', 'two'],
      ['Cookie', 'a=1'],
      ['Cookie', 'b=2'],
      ['Age', '1'],
      ['Age', '2'],
    ]),
  ],
)

scenario(
  'range: units, several, suffixes, unsatisfiable, malformed, combined',
  ({ express, note }) => {
    const app = express()
    app.use((req, res) => {
      note('of 1000', req.range(1000))
      note('of 10', req.range(10))
      note('combined', req.range(1000, { combine: true }))
      note('of 0', req.range(0))
      res.end()
    })
    return app
  },
  [
    null,
    'bytes=0-50,51-100',
    'bytes=0-',
    'bytes=-10',
    'bytes=-2000',
    'bytes=0-50, 20-70, 900-',
    'bytes=500-20',
    'bytes=abc',
    'bytes=',
    'bytes 0-1',
    'users=0-2',
    'bytes=99999-',
    'bytes=0-99999999999999999999',
    'bytes=--1',
    'bytes=1-2,x',
  ].map((value) => get('/', value === null ? [] : { Range: value })),
)

scenario(
  'xhr',
  ({ express, note }) => {
    const app = express()
    app.use((req, res) => {
      note('xhr', req.xhr)
      res.end()
    })
    return app
  },
  [
    get('/'),
    get('/', { 'X-Requested-With': 'XMLHttpRequest' }),
    get('/', { 'X-Requested-With': 'xmlhttprequest' }),
    get('/', { 'X-Requested-With': 'fetch' }),
    get('/', { 'X-Requested-With': '' }),
  ],
)

scenario(
  'path, url and originalUrl are the target as it was sent',
  ({ express, note }) => {
    const app = express()
    app.use((req, res) => {
      note('target', [req.path, req.url, req.originalUrl, req.baseUrl, req.query])
      res.end()
    })
    return app
  },
  [
    '/',
    '/a%20b?c%20d',
    '/a?b?c',
    '/?',
    '/a?#x',
    '/%',
    '/a\\b',
    '/a|b',
    '/é',
    '//',
    '/;a',
    '/\'"<>',
    '/[x]{y}^`',
  ].map((target) => get(target)),
  { refusedByTurbo: { 'GET /a?#x': 400 } },
)

scenario(
  'the getters of a request are enumerable accessors of its prototype',
  ({ express, note }) => {
    const names = [
      'query',
      'protocol',
      'secure',
      'ip',
      'ips',
      'subdomains',
      'path',
      'host',
      'hostname',
      'fresh',
    ]
    for (const name of [...names, 'stale', 'xhr']) {
      const found = Object.getOwnPropertyDescriptor(express.request, name)
      note(name, found && [typeof found.get, found.enumerable, found.configurable])
    }
    const methods = [
      'get',
      'header',
      'accepts',
      'acceptsEncodings',
      'acceptsCharsets',
      'acceptsLanguages',
      'range',
      'is',
    ]
    note(
      'methods',
      methods.map((name) => typeof Reflect.get(express.request, name)),
    )
  },
  [],
)

scenario(
  'a getter that an application defines on app.request is used by the others',
  ({ express }) => {
    const app = express()
    Object.defineProperty(app.request, 'protocol', { configurable: true, get: () => 'https' })
    Object.defineProperty(app.request, 'hostname', { configurable: true, get: () => 'a.b.example.com' })
    app.use((req, res) => void res.json([req.protocol, req.secure, req.subdomains]))
    return app
  },
  [get('/')],
)
