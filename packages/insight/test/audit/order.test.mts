import type { NextFunction, Request, Response } from 'nozomi'
import cors from 'cors'
import helmet from 'helmet'
import { nextLine, testRule } from '../support/rule-cases.mjs'

function createOrder(req: Request, res: Response): void {
  res.status(201).json({ item: req.body.item })
}

function showOrder(req: Request, res: Response): void {
  res.json({ id: req.params['id'] })
}

function answerError(_error: Error, _req: Request, res: Response, _next: NextFunction): void {
  res.sendStatus(500)
}

testRule('body-parser-after-route', {
  faults: {
    'a parser that comes after a route that reads a body'(express) {
      const app = express()
      app.post('/orders', createOrder)
      const at = nextLine()
      app.use(express.json())
      return { app, at, what: /^jsonParser comes after POST \/orders, which reads req\.body$/u }
    },
    'a parser after a router whose route takes the body apart'(express) {
      const app = express()
      const router = express.Router()
      router.put('/:id', (req, res) => {
        const { title, ...rest } = req.body
        res.json({ title, rest })
      })
      app.use('/books', router)
      const at = nextLine()
      app.use('/books', express.urlencoded({ extended: false }))
      return { app, at, what: /urlencodedParser comes after PUT \/books\/:id/u }
    },
    'one finding for two parsers after two routes'(express) {
      const app = express()
      app.post('/orders', createOrder)
      app.post('/returns', createOrder)
      const at = nextLine()
      app.use(express.json())
      app.use(express.urlencoded({ extended: false }))
      return {
        app,
        at,
        what: /^jsonParser comes after POST \/orders and POST \/returns, which read req\.body$/u,
      }
    },
  },
  innocents: {
    'a parser in front of the route'(express) {
      const app = express()
      app.use(express.json())
      return app.post('/orders', createOrder)
    },
    'a route with a parser of its own'(express) {
      const app = express()
      app.post('/orders', express.json(), createOrder)
      return app.use(express.json())
    },
    'a route that reads no body'(express) {
      const app = express()
      app.get('/orders/:id', showOrder)
      return app.use(express.json())
    },
    'a parser for other paths'(express) {
      const app = express()
      app.post('/orders', createOrder)
      return app.use('/returns', express.json())
    },
    'a route that parses the body itself'(express) {
      const app = express()
      app.post('/orders', async (req, res) => {
        const chunks: Buffer[] = []
        for await (const chunk of req) chunks.push(chunk as Buffer)
        req.body = JSON.parse(Buffer.concat(chunks).toString())
        res.json(req.body)
      })
      return app.use(express.json())
    },
    'a route behind middleware that parses in its own way'(express) {
      const app = express()
      app.use(function readXmlBody(_req, _res, next) {
        next()
      })
      app.post('/orders', createOrder)
      return app.use(express.json())
    },
  },
})

testRule('error-handler-not-last', {
  faults: {
    'an error handler in front of a route'(express) {
      const app = express()
      app.get('/orders/:id', showOrder)
      const at = nextLine()
      app.use(answerError)
      app.get('/books/:id', showOrder)
      return { app, at, what: /answerError comes before GET \/books\/:id/u }
    },
    'an error handler without a name'(express) {
      const app = express()
      const at = nextLine()
      app.use((_error: Error, _req: Request, res: Response, _next: NextFunction) => res.sendStatus(500))
      app.get('/books/:id', showOrder)
      return { app, at, what: /^An error handler without a name comes before GET \/books\/:id/u }
    },
    'an error handler in front of a router'(express) {
      const app = express()
      const router = express.Router()
      router.get('/:id', showOrder)
      const at = nextLine()
      app.use(answerError)
      app.use('/books', router)
      return { app, at, what: /GET \/books\/:id/u }
    },
  },
  innocents: {
    'one at the end'(express) {
      const app = express()
      app.get('/orders/:id', showOrder)
      return app.use(answerError)
    },
    'one for the parser, and another one at the end'(express) {
      const app = express()
      app.use(express.json(), answerError)
      app.get('/orders/:id', showOrder)
      return app.use(answerError)
    },
    'one of a router, in front of routes of others'(express) {
      const app = express()
      const router = express.Router()
      router.get('/:id', showOrder)
      router.use(answerError)
      app.use('/books', router)
      return app.get('/orders/:id', showOrder)
    },
    'one in front of a router that has its own'(express) {
      const app = express()
      const router = express.Router()
      router.get('/:id', showOrder)
      router.use(answerError)
      app.use(answerError)
      return app.use('/books', router)
    },
    'one for another path'(express) {
      const app = express()
      app.use('/orders', answerError)
      return app.get('/books/:id', showOrder)
    },
    'one in front of the 404 handler'(express) {
      const app = express()
      app.get('/orders/:id', showOrder)
      app.use(answerError)
      return app.use((_req, res) => res.sendStatus(404))
    },
  },
})

testRule('error-handler-arguments', {
  faults: {
    'an error handler with three parameters'(express) {
      const app = express()
      const at = nextLine()
      app.use(function onError(error: never, _req: Request, res: never) {
        ;(res as Response).status(500).json({ error: String(error) })
      } as never)
      return {
        app,
        at,
        what: /onError looks like an error handler, but has 3 parameters: \(error, _req, res\)/u,
      }
    },
    'an error handler whose fourth parameter has a default value'(express) {
      const app = express()
      const at = nextLine()
      app.use(((err: Error, req: Request, res: Response, next: unknown = null) => {
        res.status(500).json({ error: err.message, next, url: req.url })
      }) as never)
      return { app, at, what: /has 3 parameters/u }
    },
  },
  innocents: {
    'an error handler with four'(express) {
      return express().use(answerError)
    },
    'middleware with three'(express) {
      return express().use((_req, _res, next) => next())
    },
    'middleware whose first parameter is called event'(express) {
      return express().use((event, _response, next) =>
        next(event.url === '' ? new Error('empty') : undefined),
      )
    },
  },
})

testRule('not-found-before-routes', {
  faults: {
    'a 404 handler in front of a router'(express) {
      const app = express()
      const router = express.Router()
      router.get('/:id', showOrder)
      const at = nextLine()
      app.use((_req, res) => {
        res.status(404).send('not found')
      })
      app.use('/orders', router)
      return { app, at, what: /answers 404 before the router at \/orders$/u }
    },
    'one for all paths by app.all()'(express) {
      const app = express()
      const at = nextLine()
      app.all('/{*path}', (_req, res) => res.sendStatus(404))
      app.get('/orders/:id', showOrder)
      return { app, at, what: /answers 404 before GET \/orders\/:id/u }
    },
    'one that fails with 404'(express) {
      const app = express()
      const at = nextLine()
      app.use(function notFound(_req, _res, next) {
        next(new Error('404'))
      })
      app.get('/orders/:id', showOrder)
      return { app, at, what: /^notFound answers 404 before/u }
    },
  },
  innocents: {
    'a 404 handler after the routes'(express) {
      const app = express()
      app.get('/orders/:id', showOrder)
      app.use((_req, res) => res.sendStatus(404))
      return app.use(answerError)
    },
    'one for the paths of an API'(express) {
      const app = express()
      app.use('/api', (_req, res) => res.sendStatus(404))
      return app.get('/orders/:id', showOrder)
    },
    'middleware that answers 404 for some'(express) {
      const app = express()
      app.use((req, res, next) => {
        if (req.path.includes('..')) res.sendStatus(404)
        else next()
      })
      return app.get('/orders/:id', showOrder)
    },
    'one that looks for something and calls back'(express) {
      const app = express()
      const find = (path: string, done: (error: Error | null) => void): void =>
        done(path === '/' ? null : new Error(path))
      app.use((req, _res, next) => {
        find(req.path, (notFound) => next(notFound))
      })
      return app.get('/orders/:id', showOrder)
    },
  },
})

testRule('cors-after-routes', {
  faults: {
    'cors at the end'(express) {
      const app = express()
      app.get('/orders/:id', showOrder)
      const at = nextLine()
      app.use(cors())
      return { app, at, what: /^corsMiddleware comes after GET \/orders\/:id, whose answers it never sees$/u }
    },
    'a router in front of cors, whose siblings stand behind it'(express) {
      const app = express()
      const router = express.Router()
      router.get('/:id', showOrder)
      app.use('/api/orders', router)
      const at = nextLine()
      app.use(cors())
      app.use('/api/books', router)
      return { app, at, what: /GET \/api\/orders\/:id/u }
    },
  },
  innocents: {
    'cors in front'(express) {
      return express().use(cors()).get('/orders/:id', showOrder)
    },
    'cors behind a health check'(express) {
      return express().get('/health', showOrder).use(cors()).get('/orders/:id', showOrder)
    },
    'cors for another path'(express) {
      return express().get('/orders/:id', showOrder).use('/api', cors())
    },
    'cors behind pages, in front of the API'(express) {
      return express().get('/about', showOrder).use(cors()).get('/api/orders', showOrder)
    },
  },
})

testRule('helmet-after-routes', {
  faults: {
    'helmet at the end'(express) {
      const app = express()
      app.get('/orders/:id', showOrder)
      const at = nextLine()
      app.use(helmet())
      app.use((_req, res) => res.sendStatus(404))
      return { app, at, what: /^helmetMiddleware comes after GET \/orders\/:id/u }
    },
    'helmet behind pages and a form, in front of other routes'(express) {
      const app = express()
      app.get('/users/:id', showOrder)
      app.post('/login', showOrder)
      const at = nextLine()
      app.use(helmet())
      app.get('/orders/:id', showOrder)
      return { app, at, what: /^helmetMiddleware comes after GET \/users\/:id and POST \/login,/u }
    },
  },
  innocents: {
    'helmet in front'(express) {
      return express().use(helmet()).get('/orders/:id', showOrder)
    },
    'helmet for the whole, and once more for a part'(express) {
      const app = express().use(helmet()).get('/orders/:id', showOrder)
      return app.use(helmet({ frameguard: false }))
    },
    'helmet behind pages that others frame'(express) {
      const app = express()
      app.get('/embed/:id', showOrder)
      app.get('/widgets/:id', showOrder)
      app.post('/webhooks/orders', showOrder)
      return app.use(helmet()).get('/orders/:id', showOrder)
    },
    'helmet behind all that is of one kind'(express) {
      const app = express()
      app.get('/embed/:id', showOrder)
      app.post('/embed/:id/vote', showOrder)
      return app.use(helmet()).get('/orders/:id', showOrder)
    },
  },
})
