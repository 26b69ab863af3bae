import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { tracingChannel } from 'node:diagnostics_channel'
import { describe, it, type TestContext } from 'node:test'
import nozomi, { type NextFunction, type Request, type Response } from 'nozomi'
import { listen } from '../support/serve.mjs'

interface Trace {
  handler: { name: string }
  route?: unknown
  param?: string
  error?: unknown
  result?: unknown
}

const channel = tracingChannel('express.router.request')

/** Writes down every event until the test ends: `event handler pattern`. */
function record(t: TestContext): string[] {
  const events: string[] = []
  const note = (event: string) => (trace: unknown) => {
    const { handler, route, param, error } = trace as Trace
    const name = param === undefined ? handler.name : `param ${param}`
    events.push([event, name, String(route), ...(error ? [String(error)] : [])].join(' '))
  }
  const subscribers = Object.fromEntries(
    ['start', 'end', 'asyncStart', 'asyncEnd', 'error'].map((event) => [event, note(event)]),
  )
  channel.subscribe(subscribers as never)
  t.after(() => channel.unsubscribe(subscribers as never))
  return events
}

function tracedApp() {
  const app = nozomi()
  const router = nozomi.Router()
  app.set('env', 'test')
  router.param('id', function lookUp(_req, _res, next) {
    next()
  })
  router.get(
    '/users/:id',
    function first(_req, _res, next) {
      next()
    },
    async function second(req, res) {
      if (req.params['id'] === '0') throw new Error('no such user')
      await Promise.resolve()
      res.send('found')
    },
  )
  app.use('/api', router)
  app.use(function mended(_error: unknown, _req: Request, res: Response, _next: NextFunction) {
    res.status(404).send('mended')
  })
  return app
}

describe('the tracing channel of handlers', () => {
  it('reports each handler with the pattern it matched, and none for the layer of a route', async (t) => {
    const client = await listen(t, tracedApp())
    const events = record(t)
    assert.equal((await client.get('/api/users/1')).body, 'found')
    assert.deepEqual(events, [
      'start router /api',
      'start param id /users/:id',
      'start first /users/:id',
      'start second /users/:id',
      'end second /users/:id',
      'end first /users/:id',
      'end param id /users/:id',
      'end router /api',
      'asyncStart second /users/:id',
      'asyncEnd second /users/:id',
    ])
  })

  it('reports an error once, at the handler that it comes from', async (t) => {
    const client = await listen(t, tracedApp())
    const events = record(t)
    assert.equal((await client.get('/api/users/0')).body, 'mended')
    const errors = events.filter((event) => event.startsWith('error '))
    assert.deepEqual(errors, ['error second /users/:id Error: no such user'])
    assert.ok(events.includes('start mended /'))
  })

  it('carries a store that is bound to it through the handlers', async (t) => {
    const storage = new AsyncLocalStorage<unknown>()
    channel.start.bindStore(storage)
    t.after(() => channel.start.unbindStore(storage))
    const app = nozomi()
    app.get('/:page', function show(_req, res) {
      const trace = storage.getStore() as Trace
      res.send(`${trace.handler.name} ${trace.route}`)
    })
    const client = await listen(t, app)
    assert.equal((await client.get('/x')).body, 'show /:page')
  })

  it('is not asked for anything while nobody listens', async (t) => {
    const client = await listen(t, tracedApp())
    assert.equal(channel.hasSubscribers, false)
    assert.equal((await client.get('/api/users/1')).body, 'found')
  })
})
