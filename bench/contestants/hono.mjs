/** Hono on @hono/node-server. Middleware await what comes after them, as its docs write them; routers are sub-apps. */
import { createServer } from 'node:http'
import { getRequestListener, serve } from '@hono/node-server'
import { Hono } from 'hono'
import { receiptOf } from '../workload/documents.mjs'
import { NOT_FOUND_FIELDS, NOT_FOUND_TYPE, notFoundPage } from '../workload/not-found-page.mjs'
import { ADDRESS, listening } from './listening.mjs'

export async function start(_name, application, options) {
  const app = new Hono()
  await applications[application](app, options)
  if (options.createServer) {
    return listening(createServer(getRequestListener(app.fetch)).listen(...ADDRESS))
  }
  const [port, hostname] = ADDRESS
  return listening(serve({ fetch: app.fetch, port, hostname }))
}

const applications = {
  hello(app) {
    app.get('/', (c) => c.json({ hello: 'world' }))
  },

  text(app) {
    app.get('/', (c) => c.text('Hello, world!'))
  },

  page: async (app) => {
    const { etag } = await import('hono/etag')
    const { PAGE } = await import('../workload/page.mjs')
    app.use(etag({ weak: true }))
    app.get('/', (c) => c.html(PAGE))
  },

  api(app, { middleware, routers }) {
    useCounters(app, middleware)
    for (let index = 0; index < routers; index++) app.route(`/resource${index}`, resource())
  },

  routes(app, { routes }) {
    for (let index = 0; index < routes; index++) {
      app.get(`/resource${index}/:id`, (c) => c.json({ id: c.req.param('id') }))
    }
    const fields = { ...NOT_FOUND_FIELDS, 'Content-Type': NOT_FOUND_TYPE }
    app.notFound((c) => c.body(notFoundPage(c.req.method, c.req.path), 404, fields))
  },

  middleware(app, { middleware }) {
    useCounters(app, middleware)
    app.get('/', (c) => c.json({ passed: c.get('passed') }))
  },

  mounted(app) {
    const [accounts, projects, tasks] = [1, 2, 3].map(() => new Hono())
    tasks.get('/:task', (c) => {
      const { account, project, task } = c.req.param()
      return c.json({ account, project, task })
    })
    projects.route('/:project/tasks', tasks)
    accounts.route('/:account/projects', projects)
    app.route('/accounts', accounts)
  },

  jsonBody(app) {
    app.post('/', async (c) => c.json(receiptOf(await c.req.json())))
  },

  formBody: async (app) => {
    const { default: qs } = await import('qs')
    app.post('/', async (c) => c.json(qs.parse(await c.req.text())))
  },

  largeJson: async (app) => {
    const { catalogue } = await import('../workload/catalogue.mjs')
    app.get('/', (c) => c.json(catalogue))
  },

  files: async (app, { root }) => {
    const { serveStatic } = await import('@hono/node-server/serve-static')
    app.use(serveStatic({ root }))
  },

  errors(app) {
    app.get('/throw', () => {
      throw new Error('failed on purpose')
    })
    app.get('/reject', async () => {
      throw new Error('failed on purpose')
    })
    app.onError((error, c) => c.json({ error: error.message }, 500))
  },
}

function useCounters(app, count) {
  for (let index = 0; index < count; index++) {
    app.use(async (c, next) => {
      c.set('passed', (c.get('passed') ?? 0) + 1)
      await next()
    })
  }
}

function resource() {
  const app = new Hono()
  app.get('/', (c) => c.json({ page: c.req.query('page'), passed: c.get('passed') }))
  app.post('/', async (c) => c.json({ ...receiptOf(await c.req.json()), passed: c.get('passed') }))
  app.get('/:id', (c) =>
    c.json({ id: c.req.param('id'), page: c.req.query('page'), passed: c.get('passed') }),
  )
  app.put('/:id', (c) => c.json({ id: c.req.param('id'), passed: c.get('passed') }))
  app.delete('/:id', (c) => c.json({ id: c.req.param('id'), passed: c.get('passed') }))
  return app
}
