/**
 * Nozomi, Express 5 and Express 4: the same application text on each. What is written here is plain Express; nothing
 * in it knows which of them it runs on, but for the patterns that all three read alike.
 */
import { createServer } from 'node:http'
import { receiptOf } from '../workload/documents.mjs'
import { ADDRESS, listening } from './listening.mjs'

const FRAMEWORKS = {
  nozomi: () => import('../../packages/nozomi/index.mjs'),
  'nozomi-turbo': () => import('../../packages/nozomi/index.mjs'),
  express: () => import('express'),
  'express-4': () => import('express4'),
}

export async function start(name, application, options) {
  const { default: express } = await FRAMEWORKS[name]()
  const app = await applications[application](express, options)
  if (options.createServer) return listening(createServer(app).listen(...ADDRESS))
  const [port, host] = ADDRESS
  return listening(
    name === 'nozomi-turbo' ? app.listen({ port, host, server: 'turbo' }) : app.listen(...ADDRESS),
  )
}

const applications = {
  hello(express) {
    const app = express()
    app.get('/', (_req, res) => {
      res.json({ hello: 'world' })
    })
    return app
  },

  text(express) {
    const app = express()
    app.get('/', (_req, res) => {
      res.type('text/plain').send('Hello, world!')
    })
    return app
  },

  page: async (express) => {
    const { PAGE } = await import('../workload/page.mjs')
    const app = express()
    app.get('/', (_req, res) => {
      res.send(PAGE)
    })
    return app
  },

  api(express, { middleware, routers }) {
    const app = express()
    useCounters(app, middleware)
    for (let index = 0; index < routers; index++) app.use(`/resource${index}`, resource(express))
    return app
  },

  routes(express, { routes }) {
    const app = express()
    for (let index = 0; index < routes; index++) {
      app.get(`/resource${index}/:id`, (req, res) => {
        res.json({ id: req.params.id })
      })
    }
    return app
  },

  middleware(express, { middleware }) {
    const app = express()
    useCounters(app, middleware)
    app.get('/', (req, res) => {
      res.json({ passed: req.passed })
    })
    return app
  },

  mounted(express) {
    const [accounts, projects, tasks] = [1, 2, 3].map(() => express.Router({ mergeParams: true }))
    tasks.get('/:task', (req, res) => {
      const { account, project, task } = req.params
      res.json({ account, project, task })
    })
    projects.use('/:project/tasks', tasks)
    accounts.use('/:account/projects', projects)
    const app = express()
    app.use('/accounts', accounts)
    return app
  },

  jsonBody(express, { limitBytes }) {
    const app = express()
    app.post('/', express.json({ limit: limitBytes }), (req, res) => {
      res.json(receiptOf(req.body))
    })
    return app
  },

  formBody(express) {
    const app = express()
    app.post('/', express.urlencoded({ extended: true }), (req, res) => {
      res.json(req.body)
    })
    return app
  },

  largeJson: async (express) => {
    const { catalogue } = await import('../workload/catalogue.mjs')
    const app = express()
    app.get('/', (_req, res) => {
      res.json(catalogue)
    })
    return app
  },

  files(express, { root }) {
    const app = express()
    app.use(express.static(root))
    return app
  },

  errors(express) {
    const app = express()
    app.get('/throw', () => {
      throw new Error('failed on purpose')
    })
    app.get('/reject', async () => {
      throw new Error('failed on purpose')
    })
    app.use((error, _req, res, _next) => {
      res.status(500).json({ error: error.message })
    })
    return app
  },

  production: async (express) => {
    const { productionMiddleware } = await import('../workload/production.mjs')
    const app = express()
    app.use(...(await productionMiddleware()))
    app.get('/login', (req, res) => {
      req.session.user = 'ada'
      res.cookie('theme', 'dark').sendStatus(204)
    })
    app.get('/', (req, res) => {
      res.json({ user: req.session.user, theme: req.cookies.theme })
    })
    return app
  },
}

/** Middleware that does next to nothing, and leaves a proof that it ran. */
function useCounters(app, count) {
  for (let index = 0; index < count; index++) {
    app.use((req, _res, next) => {
      req.passed = (req.passed ?? 0) + 1
      next()
    })
  }
}

/** Five routes. */
function resource(express) {
  const router = express.Router()
  router.get('/', (req, res) => {
    res.json({ page: req.query.page, passed: req.passed })
  })
  router.post('/', express.json(), (req, res) => {
    res.json({ ...receiptOf(req.body), passed: req.passed })
  })
  router.get('/:id', (req, res) => {
    res.json({ id: req.params.id, page: req.query.page, passed: req.passed })
  })
  router.put('/:id', express.json(), (req, res) => {
    res.json({ id: req.params.id, passed: req.passed })
  })
  router.delete('/:id', (req, res) => {
    res.json({ id: req.params.id, passed: req.passed })
  })
  return router
}
