/**
 * Fastify, with and without schemas. Middleware are `onRequest` hooks, routers are plugins with a prefix, handlers
 * answer by `reply.send`, which is its shortest way.
 */
import { createServer } from 'node:http'
import Fastify from 'fastify'
import { ORDER_SCHEMA, RECEIPT_SCHEMA, receiptOf } from '../workload/documents.mjs'
import { NOT_FOUND_FIELDS, NOT_FOUND_TYPE, notFoundPage } from '../workload/not-found-page.mjs'
import { ADDRESS, listening } from './listening.mjs'

const STRING = { type: 'string' }
const NUMBER = { type: 'integer' }

export async function start(name, application, options) {
  const withSchema = name === 'fastify-schema'
  const schemaOf = (properties, more = {}) =>
    withSchema ? { schema: { response: { 200: { type: 'object', properties } }, ...more } } : {}
  const app = Fastify(application === 'production' ? await loggingToNowhere() : {})
  await applications[application](app, options, schemaOf)
  if (options.createServer) {
    await app.ready()
    return listening(createServer(app.routing).listen(...ADDRESS))
  }
  const [port, host] = ADDRESS
  await app.listen({ port, host })
  return app.server
}

const applications = {
  hello(app, _options, schemaOf) {
    app.get('/', schemaOf({ hello: STRING }), (_request, reply) => {
      reply.send({ hello: 'world' })
    })
  },

  text(app) {
    app.get('/', (_request, reply) => {
      reply.send('Hello, world!')
    })
  },

  page: async (app) => {
    const { default: etag } = await import('@fastify/etag')
    const { PAGE } = await import('../workload/page.mjs')
    await app.register(etag, { weak: true })
    app.get('/', (_request, reply) => {
      reply.type('text/html; charset=utf-8').send(PAGE)
    })
  },

  api(app, { middleware, routers }, schemaOf) {
    addCounters(app, middleware)
    for (let index = 0; index < routers; index++) {
      app.register(
        (plugin, _options, done) => {
          addResource(plugin, schemaOf)
          done()
        },
        { prefix: `/resource${index}` },
      )
    }
  },

  routes(app, { routes }, schemaOf) {
    for (let index = 0; index < routes; index++) {
      app.get(`/resource${index}/:id`, schemaOf({ id: STRING }), (request, reply) => {
        reply.send({ id: request.params.id })
      })
    }
    app.setNotFoundHandler((request, reply) => {
      reply
        .code(404)
        .headers(NOT_FOUND_FIELDS)
        .type(NOT_FOUND_TYPE)
        .send(notFoundPage(request.method, request.url))
    })
  },

  middleware(app, { middleware }, schemaOf) {
    addCounters(app, middleware)
    app.get('/', schemaOf({ passed: NUMBER }), (request, reply) => {
      reply.send({ passed: request.passed })
    })
  },

  mounted(app, _options, schemaOf) {
    const answer = schemaOf({ account: STRING, project: STRING, task: STRING })
    const tasks = async (plugin) => {
      plugin.get('/:task', answer, (request, reply) => {
        const { account, project, task } = request.params
        reply.send({ account, project, task })
      })
    }
    const projects = async (plugin) => {
      plugin.register(tasks, { prefix: '/:project/tasks' })
    }
    const accounts = async (plugin) => {
      plugin.register(projects, { prefix: '/:account/projects' })
    }
    app.register(accounts, { prefix: '/accounts' })
  },

  jsonBody(app, { limitBytes }, schemaOf) {
    const schema = schemaOf(RECEIPT_SCHEMA.properties, { body: ORDER_SCHEMA })
    app.post('/', { bodyLimit: limitBytes, ...schema }, (request, reply) => {
      reply.send(receiptOf(request.body))
    })
  },

  formBody: async (app) => {
    const { default: formbody } = await import('@fastify/formbody')
    const { default: qs } = await import('qs')
    await app.register(formbody, { parser: (text) => qs.parse(text) })
    app.post('/', (request, reply) => {
      reply.send(request.body)
    })
  },

  largeJson: async (app, _options, schemaOf) => {
    const { CATALOGUE_SCHEMA, catalogue } = await import('../workload/catalogue.mjs')
    app.get('/', schemaOf(CATALOGUE_SCHEMA.properties), (_request, reply) => {
      reply.send(catalogue)
    })
  },

  files: async (app, { root }) => {
    const { default: files } = await import('@fastify/static')
    await app.register(files, { root })
  },

  errors(app) {
    app.get('/throw', () => {
      throw new Error('failed on purpose')
    })
    app.get('/reject', async () => {
      throw new Error('failed on purpose')
    })
    app.setErrorHandler((error, _request, reply) => {
      reply.code(500).send({ error: error.message })
    })
  },

  production: async (app) => {
    const [helmet, cors, compress, cookie, session] = (
      await Promise.all([
        import('@fastify/helmet'),
        import('@fastify/cors'),
        import('@fastify/compress'),
        import('@fastify/cookie'),
        import('@fastify/session'),
      ])
    ).map((module) => module.default)
    const { SECRET } = await import('../workload/production.mjs')
    await app.register(helmet)
    await app.register(cors)
    await app.register(compress)
    await app.register(cookie)
    await app.register(session, {
      secret: SECRET,
      saveUninitialized: false,
      rolling: false,
      cookie: { secure: false },
    })
    app.get('/login', (request, reply) => {
      request.session.user = 'ada'
      reply.setCookie('theme', 'dark', { path: '/' }).code(204).send()
    })
    app.get('/', (request, reply) => {
      reply.send({ user: request.session.user, theme: request.cookies.theme })
    })
  },
}

/** Its own logger is the twin of morgan. */
async function loggingToNowhere() {
  const { discardLog } = await import('../workload/production.mjs')
  return { logger: { stream: discardLog() } }
}

function addCounters(app, count) {
  app.decorateRequest('passed', 0)
  for (let index = 0; index < count; index++) {
    app.addHook('onRequest', (request, _reply, done) => {
      request.passed += 1
      done()
    })
  }
}

function addResource(app, schemaOf) {
  app.get('/', schemaOf({ page: STRING, passed: NUMBER }), (request, reply) => {
    reply.send({ page: request.query.page, passed: request.passed })
  })
  const receipt = { ...RECEIPT_SCHEMA.properties, passed: NUMBER }
  app.post('/', schemaOf(receipt, { body: ORDER_SCHEMA }), (request, reply) => {
    reply.send({ ...receiptOf(request.body), passed: request.passed })
  })
  app.get('/:id', schemaOf({ id: STRING, page: STRING, passed: NUMBER }), (request, reply) => {
    reply.send({ id: request.params.id, page: request.query.page, passed: request.passed })
  })
  const answer = schemaOf({ id: STRING, passed: NUMBER })
  app.put('/:id', answer, (request, reply) => {
    reply.send({ id: request.params.id, passed: request.passed })
  })
  app.delete('/:id', answer, (request, reply) => {
    reply.send({ id: request.params.id, passed: request.passed })
  })
}
