/** Koa with @koa/router, and the middleware that Koa's own docs name. */
import { createServer } from 'node:http'
import Router from '@koa/router'
import Koa from 'koa'
import { receiptOf } from '../workload/documents.mjs'
import { NOT_FOUND_FIELDS, NOT_FOUND_TYPE, notFoundPage } from '../workload/not-found-page.mjs'
import { ADDRESS, listening } from './listening.mjs'

export async function start(_name, application, options) {
  const app = new Koa()
  const router = new Router()
  await applications[application](app, router, options)
  app.use(router.routes())
  const server = options.createServer
    ? createServer(app.callback()).listen(...ADDRESS)
    : app.listen(...ADDRESS)
  return listening(server)
}

const applications = {
  hello(_app, router) {
    router.get('/', (ctx) => {
      ctx.body = { hello: 'world' }
    })
  },

  text(_app, router) {
    router.get('/', (ctx) => {
      ctx.body = 'Hello, world!'
    })
  },

  page: async (app, router) => {
    await useEntityTags(app)
    const { PAGE } = await import('../workload/page.mjs')
    router.get('/', (ctx) => {
      ctx.type = 'html'
      ctx.body = PAGE
    })
  },

  api: async (app, router, { middleware, routers }) => {
    const { bodyParser } = await import('@koa/bodyparser')
    useCounters(app, middleware)
    const readBody = bodyParser()
    for (let index = 0; index < routers; index++) {
      router.use(`/resource${index}`, resource(readBody).routes())
    }
  },

  routes(app, router, { routes }) {
    // Before the router, to answer what comes back from it.
    app.use(async (ctx, next) => {
      await next()
      if (ctx.status === 404 && !ctx.body) answerNotFound(ctx)
    })
    for (let index = 0; index < routes; index++) {
      router.get(`/resource${index}/:id`, (ctx) => {
        ctx.body = { id: ctx.params.id }
      })
    }
  },

  middleware(app, router, { middleware }) {
    useCounters(app, middleware)
    router.get('/', (ctx) => {
      ctx.body = { passed: ctx.state.passed }
    })
  },

  mounted(_app, router) {
    const [accounts, projects, tasks] = [1, 2, 3].map(() => new Router())
    tasks.get('/:task', (ctx) => {
      const { account, project, task } = ctx.params
      ctx.body = { account, project, task }
    })
    projects.use('/:project/tasks', tasks.routes())
    accounts.use('/:account/projects', projects.routes())
    router.use('/accounts', accounts.routes())
  },

  jsonBody: async (app, router, { limitBytes }) => {
    const { bodyParser } = await import('@koa/bodyparser')
    app.use(bodyParser({ jsonLimit: limitBytes }))
    router.post('/', (ctx) => {
      ctx.body = receiptOf(ctx.request.body)
    })
  },

  formBody: async (app, router) => {
    const { bodyParser } = await import('@koa/bodyparser')
    app.use(bodyParser())
    router.post('/', (ctx) => {
      ctx.body = ctx.request.body
    })
  },

  largeJson: async (_app, router) => {
    const { catalogue } = await import('../workload/catalogue.mjs')
    router.get('/', (ctx) => {
      ctx.body = catalogue
    })
  },

  files: async (app, _router, { root }) => {
    const { default: files } = await import('koa-static')
    await useEntityTags(app)
    app.use(files(root))
  },

  errors(app, router) {
    app.use(async (ctx, next) => {
      try {
        await next()
      } catch (error) {
        ctx.status = 500
        ctx.body = { error: error.message }
      }
    })
    router.get('/throw', () => {
      throw new Error('failed on purpose')
    })
    router.get('/reject', async () => {
      throw new Error('failed on purpose')
    })
  },

  production: async (app, router) => {
    const [morgan, helmet, cors, compress, session] = (
      await Promise.all([
        import('koa-morgan'),
        import('koa-helmet'),
        import('@koa/cors'),
        import('koa-compress'),
        import('koa-session'),
      ])
    ).map((module) => module.default)
    const { discardLog, SECRET } = await import('../workload/production.mjs')
    app.keys = [SECRET]
    app.use(morgan('combined', { stream: discardLog() }))
    app.use(helmet())
    app.use(cors())
    app.use(compress())
    app.use(session({ store: memoryStore() }, app))
    router.get('/login', (ctx) => {
      ctx.session.user = 'ada'
      ctx.cookies.set('theme', 'dark', { signed: false })
      ctx.status = 204
    })
    router.get('/', (ctx) => {
      ctx.body = { user: ctx.session.user, theme: ctx.cookies.get('theme', { signed: false }) }
    })
  },
}

/** Koa makes no entity tags by itself, and answers 304 only with these two. */
async function useEntityTags(app) {
  const { default: conditional } = await import('koa-conditional-get')
  const { default: etag } = await import('@koa/etag')
  app.use(conditional())
  app.use(etag())
}

function answerNotFound(ctx) {
  ctx.status = 404
  ctx.set(NOT_FOUND_FIELDS)
  ctx.type = NOT_FOUND_TYPE
  ctx.body = notFoundPage(ctx.method, ctx.path)
}

/** As the memory store of express-session: sessions as text, so that no request changes that of another. */
function memoryStore() {
  const sessions = new Map()
  return {
    get: async (key) => (sessions.has(key) ? JSON.parse(sessions.get(key)) : undefined),
    set: async (key, session) => void sessions.set(key, JSON.stringify(session)),
    destroy: async (key) => void sessions.delete(key),
  }
}

function useCounters(app, count) {
  for (let index = 0; index < count; index++) {
    app.use((ctx, next) => {
      ctx.state.passed = (ctx.state.passed ?? 0) + 1
      return next()
    })
  }
}

function resource(readBody) {
  const router = new Router()
  router.get('/', (ctx) => {
    ctx.body = { page: ctx.query.page, passed: ctx.state.passed }
  })
  router.post('/', readBody, (ctx) => {
    ctx.body = { ...receiptOf(ctx.request.body), passed: ctx.state.passed }
  })
  router.get('/:id', (ctx) => {
    ctx.body = { id: ctx.params.id, page: ctx.query.page, passed: ctx.state.passed }
  })
  router.put('/:id', readBody, (ctx) => {
    ctx.body = { id: ctx.params.id, passed: ctx.state.passed }
  })
  router.delete('/:id', (ctx) => {
    ctx.body = { id: ctx.params.id, passed: ctx.state.passed }
  })
  return router
}
