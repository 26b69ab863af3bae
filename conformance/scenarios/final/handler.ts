import { get, head, post, send } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'

const scenario = area('final/handler')

scenario('what nobody answers is 404 with method and path', ({ express }) => express(), [
  get('/'),
  get('/some/path?q=1'),
  head('/x'),
  post('/x', 'text/plain', 'a body that nobody reads'),
  send({ method: 'PATCH', target: '/x' }),
  send({ method: 'OPTIONS', target: '/x' }),
  get('/<script>alert(1)</script>'),
  get('/a%20b%3Cc'),
  get('/it\'s&"quoted"'),
  get('/%zz'),
  get('http://example.com/abs?x'),
  get(`/${'long'.repeat(500)}`),
])

scenario('404 in production is the same', ({ express }) => express(), [get('/missing')], {
  env: 'production',
})

scenario(
  '404 takes away fields of the content and keeps others',
  ({ express }) => {
    const app = express()
    app.use((_req, res, next) => {
      res.set({
        'Content-Encoding': 'gzip',
        'Content-Language': 'de',
        'Content-Range': 'bytes 0-1/2',
        'Content-Type': 'text/plain',
        'Content-Length': '999',
        'Cache-Control': 'no-store',
        ETag: '"x"',
        'Content-Security-Policy': 'own',
      })
      res.cookie('a', 'b').status(201)
      next()
    })
    return app
  },
  [get('/'), head('/')],
)

/** Errors by name, thrown by a route of that name. */
const errors: Record<string, () => unknown> = {
  plain: () => new Error('boom'),
  type: () => new TypeError('a <b>tag</b> & "quotes"'),
  status: () => Object.assign(new Error('not for you'), { status: 403 }),
  statusCode: () => Object.assign(new Error('gone'), { statusCode: 410 }),
  both: () => Object.assign(new Error('both'), { status: 404, statusCode: 503 }),
  'status-text': () => Object.assign(new Error('text'), { status: '404' }),
  'status-200': () => Object.assign(new Error('fine?'), { status: 200 }),
  'status-999': () => Object.assign(new Error('far'), { status: 999 }),
  'status-511': () => Object.assign(new Error('edge'), { status: 511 }),
  'status-399': () => Object.assign(new Error('edge'), { status: 399, statusCode: 422 }),
  headers: () =>
    Object.assign(new Error('later'), {
      status: 503,
      headers: { 'Retry-After': '120', 'X-List': ['a', 'b'] },
    }),
  'headers-without-status': () => Object.assign(new Error('x'), { headers: { 'X-Lost': '1' } }),
  'headers-override': () =>
    Object.assign(new Error('x'), {
      status: 400,
      headers: { 'Content-Type': 'text/x', 'Content-Length': '1' },
    }),
  'headers-text': () => Object.assign(new Error('x'), { status: 400, headers: 'text' }),
  expose: () => Object.assign(new Error('exposed?'), { status: 400, expose: true }),
  text: () => 'just <text>',
  number: () => 42,
  object: () => ({ some: 'object' }),
  'object-status': () => ({ status: 409, message: 'a conflict' }),
  'no-prototype': () => Object.assign(Object.create(null), { status: 400 }),
  'no-stack': () => Object.assign(new Error('without a stack'), { stack: undefined }),
  'own-stack': () => Object.assign(new Error('x'), { stack: 'line one\n  line  two\n<three>' }),
  'empty-message': () => new Error(''),
  long: () => Object.assign(new Error('m'.repeat(5000)), { status: 400 }),
  unicode: () => new Error('größer 😀'),
  toString: () => ({ toString: () => 'from <toString>' }),
}

for (const env of ['development', 'production', 'test']) {
  scenario(
    `errors of every kind, env ${env}`,
    ({ express }) => {
      const app = express()
      app.get('/:name', (req, _res, next) => next(errors[req.params.name]?.()))
      return app
    },
    Object.keys(errors).map((name) => get(`/${name}`)),
    { env },
  )
}

scenario(
  'a status that has no phrase, in production',
  ({ express }) => {
    const app = express()
    app.use(() => {
      throw Object.assign(new Error('edge'), { status: 599 })
    })
    return app
  },
  [get('/')],
  {
    env: 'production',
    differs: {
      id: 'status-without-phrase',
      express: { sheets: [{ status: 599, body: /<pre>undefined<\/pre>/ }] },
      subject: { sheets: [{ status: 599, body: /<pre>599<\/pre>/ }] },
    },
  },
)

scenario(
  'an error takes the status that the response has, when the error has none',
  ({ express }) => {
    const app = express()
    app.get('/:status', (req, res) => {
      res.status(Number(req.params.status))
      throw new Error('boom')
    })
    return app
  },
  [get('/404'), get('/503'), get('/200'), get('/302'), get('/700')],
  { env: 'production' },
)

scenario(
  'errors with HEAD, with a body that nobody read, and within a chunked request',
  ({ express }) => {
    const app = express()
    app.use(() => {
      throw Object.assign(new Error('boom'), { status: 400 })
    })
    return app
  },
  [
    head('/'),
    post('/', 'text/plain', 'x'.repeat(100_000)),
    send({ method: 'POST', fields: { 'Transfer-Encoding': 'chunked' }, body: '3\r\nabc\r\n0\r\n\r\n' }),
  ],
  { env: 'production' },
)

scenario(
  'an error page replaces fields of the content that were set',
  ({ express }) => {
    const app = express()
    app.use((_req, res) => {
      res.set({ 'Content-Encoding': 'gzip', 'Content-Type': 'application/json', 'X-Kept': '1', ETag: '"x"' })
      throw new Error('boom')
    })
    return app
  },
  [get('/')],
  { env: 'production' },
)

scenario(
  'statusMessage of the answer is that of the status',
  ({ express }) => {
    const app = express()
    app.use((_req, res) => {
      res.statusMessage = 'Own Message'
      throw Object.assign(new Error('x'), { status: 418 })
    })
    return app
  },
  [get('/')],
  { env: 'production' },
)

scenario(
  'NODE_ENV=test keeps errors out of the log',
  ({ express, note }) => {
    const app = express()
    note('env', app.get('env'))
    app.use(() => {
      throw new Error('silent')
    })
    return app
  },
  [get('/')],
  { env: 'test' },
)
