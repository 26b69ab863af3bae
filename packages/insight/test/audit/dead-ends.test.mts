import type { NextFunction, Request, Response } from 'nozomi'
import { nextLine, testRule } from '../support/rule-cases.mjs'

function show(req: Request, res: Response): void {
  res.json(req.params)
}

function requireUser(req: Request, res: Response, next: NextFunction): void {
  if (req.headers.authorization) next()
  else res.sendStatus(401)
}

testRule('shadowed-route', {
  faults: {
    'a fixed path behind a parameter'(express) {
      const app = express()
      app.get('/users/:id', show)
      const at = nextLine()
      app.get('/users/me', show)
      return { app, at, what: /^GET \/users\/me never runs: GET \/users\/:id comes first, matches it too/u }
    },
    'a route behind a wildcard'(express) {
      const app = express()
      app.get('/{*path}', (_req, res) => res.sendFile('/index.html'))
      const at = nextLine()
      app.get('/users/me', show)
      return { app, at, what: /GET \/\{\*path\} comes first/u }
    },
    'a route behind one that only passes errors on'(express) {
      const app = express()
      app.get('/users/:id', requireUser, async (req, res, next) => {
        try {
          res.json(await Promise.resolve(req.params))
        } catch (error) {
          next(error)
        }
      })
      const at = nextLine()
      app.get('/users/me', show)
      return { app, at, what: /GET \/users\/me never runs/u }
    },
    'a route of a router behind one of the application'(express) {
      const app = express()
      const router = express.Router()
      app.all('/api/:name', show)
      const at = nextLine()
      router.post('/status', show)
      app.use('/api', router)
      return { app, at, what: /POST \/api\/status never runs: every method of \/api\/:name comes first/u }
    },
  },
  innocents: {
    'a fixed path in front of the parameter'(express) {
      return express().get('/users/me', show).get('/users/:id', show)
    },
    'a parameter that passes on'(express) {
      const app = express()
      app.get('/users/:id', (req, res, next) => (req.params.id === 'me' ? next() : res.json(req.params)))
      return app.get('/users/me', show)
    },
    'other methods'(express) {
      return express().get('/users/:id', show).post('/users/me', show)
    },
    'a route that one in front of it may leave'(express) {
      const app = express()
      app.get('/users/:id', (req, _res, next) => next(req.params.id === 'me' ? 'route' : undefined), show)
      return app.get('/users/me', show)
    },
    'a parameter whose callback may leave the route'(express) {
      const app = express()
      app.param('id', (_req, _res, next, id) => next(id === 'me' ? 'route' : undefined))
      return app.get('/users/:id', show).get('/users/me', show)
    },
    'a router that one in front of it may leave'(express) {
      const app = express()
      const router = express.Router()
      router.use((req, _res, next) => next(req.hostname === 'internal' ? undefined : 'router'))
      router.get('/users/:id', show)
      return app.use(router).get('/users/me', show)
    },
    'a handler that takes whatever it gets'(express) {
      const app = express()
      const wrap =
        (handler: (...all: never[]) => unknown) =>
        (...all: never[]): unknown =>
          handler(...all)
      app.get('/users/:id', wrap(requireUser as never) as never)
      return app.get('/users/me', show)
    },
    'a bound handler'(express) {
      const app = express()
      app.get('/users/:id', requireUser.bind(null) as never)
      return app.get('/users/me', show)
    },
    'a regular expression'(express) {
      return express()
        .get(/^\/users\/\d+$/u, show)
        .get('/users/me', show)
    },
    'a path that only another case matches'(express) {
      const app = express()
      app.enable('case sensitive routing')
      return app.get('/Users/:id', show).get('/users/me', show)
    },
    'a handler whose error may be none'(express) {
      const app = express()
      const save = (done: (error?: Error) => void): void => done()
      app.get('/users/:id', (_req, _res, next) => save((error) => next(error)))
      return app.get('/users/me', show)
    },
  },
})

testRule('duplicate-route', {
  faults: {
    'the same route twice'(express) {
      const app = express()
      app.get('/users', show)
      const at = nextLine()
      app.get('/users', show)
      return {
        app,
        at,
        what: /^GET \/users is registered twice, .*: the first stands at (?!\/).*dead-ends\.test\.mts:\d+/u,
      }
    },
    'the same route with another name of the parameter, in another router'(express) {
      const app = express()
      const router = express.Router()
      app.get('/users/:id', show)
      const at = nextLine()
      router.get('/:name', show)
      app.use('/users', router)
      return { app, at, what: /GET \/users\/:name is registered twice/u }
    },
  },
  innocents: {
    'a route in two steps'(express) {
      return express().get('/users', requireUser).get('/users', show)
    },
    'two methods of one path'(express) {
      return express().get('/users', show).post('/users', show)
    },
    'paths that differ in a slash, where that counts'(express) {
      const app = express()
      app.enable('strict routing')
      return app.get('/users', show).get('/users/', show)
    },
  },
})

testRule('handler-after-end', {
  faults: {
    'a handler of a route behind one that answers'(express) {
      const app = express()
      const at = nextLine()
      app.get('/users', show, function audit(_req: Request, res: Response) {
        res.end()
      })
      return { app, at, what: /^audit of GET \/users never runs: show stands before it/u }
    },
    'a handler of app.all(), told once'(express) {
      const app = express()
      const at = nextLine()
      app.all('/users', show, function audit(_req: Request, res: Response) {
        res.end()
      })
      return { app, at, what: /^audit of every method of \/users never runs/u }
    },
    'middleware that answers everything'(express) {
      const app = express()
      const at = nextLine()
      app.use('/maintenance', function closed(_req, res) {
        res.status(503).send('closed')
      })
      app.get('/maintenance/status', show)
      return {
        app,
        at,
        what: /^closed at \/maintenance never calls next, so GET \/maintenance\/status never runs$/u,
      }
    },
  },
  innocents: {
    'handlers that pass on'(express) {
      return express().get('/users', requireUser, show)
    },
    'handlers of different methods'(express) {
      const app = express()
      app.route('/users').get(show).post(show)
      return app
    },
    'a handler for all methods in front of those of one'(express) {
      const app = express()
      app.route('/users').all(requireUser).get(show)
      return app
    },
    'an error handler behind one that answers'(express) {
      const app = express()
      app.get('/users', show, ((_error, _req, res, _next) =>
        res.sendStatus(500)) as import('nozomi').ErrorRequestHandler)
      return app
    },
    'middleware that answers other paths'(express) {
      return express()
        .use('/maintenance', (_req, res) => res.sendStatus(503))
        .get('/status', show)
    },
    'middleware that passes on by req.next'(express) {
      const app = express()
      app.use((req, _res) => (req as Request & { next: NextFunction }).next())
      return app.get('/status', show)
    },
  },
})
