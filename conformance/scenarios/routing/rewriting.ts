import { get } from '../../harness/exchange.js'
import { answerRouting } from '../../harness/handlers.js'
import { refusedFragments } from '../../harness/refused.js'
import { area } from '../../harness/scenario.js'

const scenario = area('routing/rewriting')

scenario(
  'a url that middleware rewrites is matched from there on',
  ({ express, note }) => {
    const app = express()
    app.get('/new/:id', () => note('never: it stands before the rewriting'))
    app.use((req, _res, next) => {
      if (req.url.startsWith('/old')) req.url = req.url.replace('/old', '/new')
      next()
    })
    app.get('/old/:id', () => note('never: it has been rewritten'))
    app.get('/new/:id', (req, res) => {
      res.json([req.params, req.url, req.originalUrl, req.path, req.query])
    })
    return app
  },
  [get('/old/1?x=1'), get('/older')],
)

scenario(
  'a query that middleware rewrites is parsed anew',
  ({ express }) => {
    const app = express()
    app.use((req, res, next) => {
      res.locals['before'] = req.query
      req.url = '/?b=2&b=3'
      next()
    })
    app.get('/', (req, res) => void res.json([res.locals['before'], req.query, req.originalUrl]))
    return app
  },
  [get('/?a=1')],
)

scenario(
  'a url rewritten under a mount path keeps the mount path',
  ({ express, note }) => {
    const app = express()
    const router = express.Router()
    router.use((req, _res, next) => {
      req.url = '/rewritten?q=1'
      next()
    })
    router.get('/rewritten', (req, _res, next) => {
      note('inside', [req.baseUrl, req.url, req.originalUrl])
      next()
    })
    app.use('/mount', router)
    app.use((req, res) => void res.json([req.baseUrl, req.url, req.originalUrl]))
    return app
  },
  [get('/mount/x'), get('/mount'), get('/mount/')],
)

scenario(
  'a slash that was added under a mount path is taken away again',
  ({ express, note }) => {
    const app = express()
    app.use('/mount', (req, _res, next) => {
      note('under', req.url)
      if (req.query['to'] !== undefined) req.url = `/${String(req.query['to'])}`
      next()
    })
    app.use((req, res) => void res.send(req.url))
    return app
  },
  [
    get('/mount'),
    get('/mount?x=1'),
    get('/mount/'),
    get('/mount?to=file'),
    get('/mount/?to=file'),
    get('/mount?to='),
  ],
)

scenario(
  'a url that becomes no path ends the search',
  ({ express }) => {
    const app = express()
    app.use((req, _res, next) => {
      const to = req.get('X-To')
      if (to !== undefined) req.url = to
      next()
    })
    app.use(answerRouting)
    return app
  },
  [
    get('/x', { 'X-To': '' }),
    get('/x', { 'X-To': 'relative' }),
    get('/x', { 'X-To': '?query' }),
    get('/x', { 'X-To': 'http://host/path?q' }),
    get('/x', { 'X-To': '//host/path' }),
  ],
)

scenario(
  'fully qualified targets are routed by their path, and keep their origin in req.url',
  ({ express }) => {
    const app = express()
    app.use('/blog', (req, _res, next) => {
      Object.assign(req, { under: [req.url, req.baseUrl, req.originalUrl] })
      next()
    })
    app.use((req, res) => {
      res.json({ under: (req as { under?: unknown }).under, url: req.url, path: req.path, query: req.query })
    })
    return app
  },
  [
    get('http://example.com/blog/post/1'),
    get('http://example.com/blog'),
    get('http://example.com/blog?x=1'),
    get('http://example.com/'),
    get('http://example.com'),
    get('https://user:pw@example.com:8443/blog/?a=http://b/c'),
    get('/blog/http://example.com/x'),
    get('/blog?u=http://example.com/x'),
  ],
  { refusedByTurbo: { 'GET https://user:pw@example.com:8443/blog/?a=http://b/c': 400 } },
)

scenario(
  'a fully qualified target within a mounted router',
  ({ express }) => {
    const app = express()
    const router = express.Router()
    router.get('/post/:id', answerRouting)
    app.use('/blog', router)
    app.get('/plain', answerRouting)
    return app
  },
  [
    get('http://example.com/blog/post/1'),
    get('http://example.com/plain'),
    get('http://example.com/blog/none'),
  ],
)

scenario(
  'dots, doubled slashes and fragments in a target reach the router as they are',
  ({ express }) => {
    const app = express()
    app.use('/a', (req, res) => void res.send(`under a: ${req.url}`))
    app.use((req, res) => void res.send(`else: ${req.url} ${req.path}`))
    return app
  },
  [
    get('/a/../b'),
    get('/a/./b'),
    get('/b/../a/c'),
    get('//a/b'),
    get('/a//b'),
    get('/a#b'),
    get('/x#/a'),
    get('/a?b#c'),
    get('/%61/b'),
    get('/A/b'),
    get('*'),
  ],
  { refusedByTurbo: { ...refusedFragments(['/a#b', '/x#/a', '/a?b#c']), 'GET *': 400 } },
)

scenario(
  'app.handle and router.handle can be called again for another url',
  ({ express }) => {
    const app = express()
    app.get('/from', (req, res, next) => {
      req.url = '/to/7'
      ;(app as unknown as { handle(...args: unknown[]): void }).handle(req, res, next)
    })
    app.get('/to/:id', (req, res) => void res.json([req.params, req.originalUrl]))
    return app
  },
  [get('/from')],
)
