import { setImmediate as soon } from 'node:timers/promises'
import type { ErrorRequestHandler } from 'express'
import { describe } from '../../harness/describe.js'
import { get } from '../../harness/exchange.js'
import { answerError } from '../../harness/handlers.js'
import { area } from '../../harness/scenario.js'

const scenario = area('routing/errors')

scenario(
  'what is thrown reaches the next error handler and skips all else',
  ({ express, note }) => {
    const app = express()
    app.get('/', () => {
      throw new TypeError('thrown')
    })
    app.use(() => note('never'))
    app.get('/', () => note('never'))
    app.use(((error, _req, _res, next) => {
      note('first', error)
      next(error)
    }) as ErrorRequestHandler)
    app.use(answerError)
    return app
  },
  [get('/')],
)

scenario(
  'a rejected promise is an error, before and after an await',
  ({ express }) => {
    const app = express()
    app.get('/sync', async () => {
      throw new Error('at once')
    })
    app.get('/later', async () => {
      await soon()
      throw new Error('later')
    })
    app.get('/promise', () => Promise.reject(Object.assign(new Error('teapot'), { status: 418 })))
    app.use(answerError)
    return app
  },
  [get('/sync'), get('/later'), get('/promise')],
)

scenario(
  'falsy values: thrown ones are no error, rejected ones become one',
  ({ express }) => {
    const app = express()
    const values: Record<string, unknown> = { undefined, null: null, zero: 0, empty: '', false: false }
    app.get('/throw/:name', (req) => {
      throw values[req.params.name]
    })
    app.get('/reject/:name', (req) => Promise.reject(values[req.params.name]) as Promise<void>)
    app.get('/*rest', (_req, res) => void res.send('went on'))
    app.use(answerError)
    return app
  },
  ['undefined', 'null', 'zero', 'empty', 'false'].flatMap((name) => [
    get(`/throw/${name}`),
    get(`/reject/${name}`),
  ]),
)

scenario(
  'truthy values that are no errors arrive as they are',
  ({ express }) => {
    const app = express()
    const values: Record<string, unknown> = {
      text: 'text',
      number: 42,
      object: { a: 1, status: 409 },
      array: [1],
      symbol: Symbol('s'),
    }
    app.get('/throw/:name', (req) => {
      throw values[req.params.name]
    })
    app.get('/reject/:name', (req) => Promise.reject(values[req.params.name]) as Promise<void>)
    app.use(answerError)
    return app
  },
  ['text', 'number', 'object', 'array', 'symbol'].flatMap((name) => [
    get(`/throw/${name}`),
    get(`/reject/${name}`),
  ]),
)

scenario(
  'error handlers may throw and reject themselves; the newest error counts',
  ({ express }) => {
    const app = express()
    app.get('/', () => {
      throw new Error('one')
    })
    app.use(((error) => {
      throw new Error(`${error.message}, two`)
    }) as ErrorRequestHandler)
    // An error handler is known by its four parameters.
    app.use((async (error, _req, _res, _next) => {
      await soon()
      throw new Error(`${error.message}, three`)
    }) as ErrorRequestHandler)
    app.use(((error, _req, _res, _next) => {
      throw new Error(`${error.message}, four`)
    }) as ErrorRequestHandler)
    app.use(answerError)
    return app
  },
  [get('/')],
)

scenario(
  'error handlers with a path see only errors under it',
  ({ express }) => {
    const app = express()
    app.use(() => {
      throw new Error('boom')
    })
    app.use('/api/:version', ((error, req, res, _next) => {
      res.status(500).json({ api: error.message, params: req.params, baseUrl: req.baseUrl, url: req.url })
    }) as ErrorRequestHandler)
    app.use(answerError)
    return app
  },
  [get('/api/v1/x'), get('/web/x')],
)

scenario(
  'errors in routers reach the handlers of the router, then those of the app',
  ({ express, note }) => {
    const app = express()
    const router = express.Router()
    router.get('/mine', () => {
      throw new Error('mine')
    })
    router.get('/yours', () => {
      throw new Error('yours')
    })
    router.use(((error, _req, res, next) => {
      note('router', error.message)
      if (error.message === 'mine') res.status(500).send('handled in the router')
      else next(error)
    }) as ErrorRequestHandler)
    app.use('/r', router)
    app.use(((error, req, res, _next) => {
      res.status(500).send(`handled in the app: ${error.message} at ${req.url}`)
    }) as ErrorRequestHandler)
    return app
  },
  [get('/r/mine'), get('/r/yours')],
)

scenario(
  'bad percent-encoding is an error of the first pattern that would match, and later handlers see it',
  ({ express, note }) => {
    const app = express()
    app.use((req, _res, next) => {
      note('middleware still runs', req.url)
      next()
    })
    app.get('/users/:id', () => note('never'))
    app.use('/users', () => note('never, there is an error'))
    app.use(((error, _req, _res, next) => {
      note('error', error)
      next(error)
    }) as ErrorRequestHandler)
    return app
  },
  [get('/users/%E0%A4%A'), get('/users/%'), get('/%')],
  { env: 'production' },
)

scenario(
  'an error after the answer began breaks the connection off',
  ({ express }) => {
    const app = express()
    app.get('/length', (_req, res) => {
      res.set('Content-Length', '100').write('begun')
      throw new Error('too late')
    })
    return app
  },
  [get('/length')],
)

scenario(
  'an error after the whole answer is logged, the answer stands',
  ({ express, note, pending }) => {
    const app = express()
    const done = pending()
    app.get('/', (_req, res) => {
      res.send('whole')
      throw new Error('afterwards')
    })
    app.use(((error, _req, res, _next) => {
      note('handler', [describe(error), res.headersSent, res.writableEnded])
      done()
    }) as ErrorRequestHandler)
    return app
  },
  [get('/')],
)

scenario(
  'an error thrown in a callback of a route leaves params and urls restored for the handler',
  ({ express }) => {
    const app = express()
    const router = express.Router({ mergeParams: true })
    router.get('/:b', () => {
      throw new Error('x')
    })
    app.use('/:a', router)
    app.use(((_error, req, res, _next) => {
      res.status(500).json([req.params, req.url, req.baseUrl, req.route?.path])
    }) as ErrorRequestHandler)
    return app
  },
  [get('/1/2')],
)

scenario(
  'handlers of a thenable that is no promise',
  ({ express }) => {
    const app = express()
    app.get('/', ((_req: unknown, _res: unknown) => ({
      // biome-ignore lint/suspicious/noThenProperty: the point of the scenario
      then(_resolve: unknown, reject: (error: Error) => void) {
        reject(new Error('from a thenable'))
      },
    })) as never)
    app.use(answerError)
    return app
  },
  [get('/')],
)
