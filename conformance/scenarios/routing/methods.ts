import { METHODS } from 'node:http'
import { get, head, send } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'

const scenario = area('routing/methods')

/** CONNECT is no request to the application: node answers it by itself. */
const usual = METHODS.filter((method) => method !== 'CONNECT')

scenario(
  'every method of node has a verb that answers it, and no other',
  ({ express }) => {
    const app = express()
    for (const method of usual) {
      const verb = method.toLowerCase() as 'get'
      app[verb](`/${verb}`, (req, res) => void res.send(`${req.method}`))
    }
    return app
  },
  usual.map((method) => send({ method, target: `/${method.toLowerCase()}` })),
)

scenario(
  'all answers every method',
  ({ express }) => {
    const app = express()
    app.all('/', (req, res) => void res.send(`all ${req.method}`))
    return app
  },
  usual.map((method) => send({ method, target: '/' })),
)

scenario(
  'HEAD is answered by GET without the body',
  ({ express }) => {
    const app = express()
    app.get('/text', (req, res) => void res.set('X-Method', req.method).send('text'))
    app.get('/json', (_req, res) => void res.json({ a: 1 }))
    app.get('/end', (_req, res) => void res.end('ended'))
    app.get('/write', (_req, res) => {
      res.write('one')
      res.end('two')
    })
    app.post('/posted', (_req, res) => void res.send('posted'))
    return app
  },
  [head('/text'), head('/json'), head('/end'), head('/write'), head('/posted'), head('/none')],
)

scenario(
  'head() answers HEAD before get(), and only HEAD',
  ({ express }) => {
    const app = express()
    app.head('/', (_req, res) => void res.set('X-By', 'head').end())
    app.get('/', (_req, res) => void res.set('X-By', 'get').send('got'))
    app
      .route('/route')
      .get((_req, res) => void res.set('X-By', 'get').send('got'))
      .head((_req, res) => void res.set('X-By', 'head').end())
    app.head('/only', (_req, res) => void res.set('X-By', 'head').end())
    return app
  },
  [head('/'), get('/'), head('/route'), get('/route'), get('/only')],
)

scenario(
  'OPTIONS lists the methods of all routes that match, sorted, once each',
  ({ express }) => {
    const app = express()
    app.get('/users', (_req, res) => void res.end())
    app.put('/users', (_req, res) => void res.end())
    app.post('/:any', (_req, res) => void res.end())
    app.get('/:any', (_req, res) => void res.end())
    app.delete('/other/path', (_req, res) => void res.end())
    return app
  },
  ['/users', '/x', '/other/path', '/none/at/all', '*'].map((target) => send({ method: 'OPTIONS', target })),
)

scenario(
  'OPTIONS passes middleware first, and stops at options() or all()',
  ({ express }) => {
    const app = express()
    app.use((_req, res, next) => {
      res.set('X-Middleware', 'seen')
      next()
    })
    app.get('/listed', (_req, res) => void res.end())
    app.get('/own', (_req, res) => void res.end())
    app.options('/own', (_req, res) => void res.send('own options'))
    app.get('/all', (_req, res) => void res.end())
    app.all('/all', (_req, res) => void res.send('all'))
    app.get('/passed', (_req, res) => void res.end())
    app.options('/passed', (_req, _res, next) => next())
    return app
  },
  ['/listed', '/own', '/all', '/passed'].map((target) => send({ method: 'OPTIONS', target })),
)

scenario(
  'OPTIONS within routers: each router answers for its own routes',
  ({ express }) => {
    const app = express()
    const router = express.Router()
    router.get('/x', (_req, res) => void res.end())
    app.use(router)
    app.post('/x', (_req, res) => void res.end())
    const child = express()
    child.patch('/y', (_req, res) => void res.end())
    app.use('/child', child)
    app.put('/child/y', (_req, res) => void res.end())
    return app
  },
  ['/x', '/child/y', '/child'].map((target) => send({ method: 'OPTIONS', target })),
)

scenario(
  'an error on the way of OPTIONS is not answered with a list',
  ({ express }) => {
    const app = express()
    app.get('/x', (_req, res) => void res.end())
    app.use(() => {
      throw Object.assign(new Error('no'), { status: 403 })
    })
    return app
  },
  [send({ method: 'OPTIONS', target: '/x' })],
  { env: 'production' },
)

scenario(
  'headers that were sent before the list of OPTIONS',
  ({ express, note }) => {
    const app = express()
    app.get('/x', (_req, res) => void res.end())
    app.use((_req, res, next) => {
      res.write('begun')
      next()
    })
    app.use(((error, _req, res, _next) => {
      note('error', (error as NodeJS.ErrnoException).code)
      res.end(' and ended')
    }) as import('express').ErrorRequestHandler)
    return app
  },
  [send({ method: 'OPTIONS', target: '/x' })],
)

scenario(
  'methods of routes are read as they are sent: case matters to node, unknown ones never arrive',
  ({ express }) => {
    const app = express()
    app.get('/', (_req, res) => void res.send('got'))
    return app
  },
  [send({ method: 'get', target: '/' }), send({ method: 'FOO', target: '/' })],
)

scenario(
  'a method that middleware rewrites is the one that routes see',
  ({ express }) => {
    const app = express()
    app.use((req, _res, next) => {
      const override = req.get('X-HTTP-Method-Override')
      if (override) req.method = override.toUpperCase()
      next()
    })
    app.delete('/', (_req, res) => void res.send('deleted'))
    app.post('/', (_req, res) => void res.send('posted'))
    return app
  },
  [
    send({ method: 'POST', target: '/', fields: { 'X-HTTP-Method-Override': 'delete' } }),
    send({ method: 'POST', target: '/' }),
  ],
)
