import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe, tracingChannel, unsubscribe } from 'node:diagnostics_channel'
import { describe, it, type TestContext } from 'node:test'
import nozomi, { type Express, type NextFunction, type Request, type Response } from 'nozomi'
import { until } from '../files/until.mjs'
import { ALL_WAYS } from '../support/all-carriers.mjs'
import { listen } from '../support/serve.mjs'

interface Run {
  req: Request
  res: Response
  layer: { name: string; handle: unknown }
  handler: { name: string }
  route?: unknown
  param?: string
  errorHandler?: true
  incomingError?: unknown
  error?: unknown
  result?: unknown
}

interface NextEvent {
  run: Run
  error: unknown
  count: number
}

const EVENTS = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'] as const

const nameOf = ({ handler, param }: Run) => (param === undefined ? handler.name : `param ${param}`)

/** What is published of handlers until the test ends: `event handler pattern`, and `next handler count error`. */
function record(t: TestContext) {
  const seen: string[] = []
  const runs: Run[] = []
  const nexts: NextEvent[] = []
  for (const event of EVENTS) {
    const note = (message: unknown) => {
      const run = message as Run
      if (event === 'start') runs.push(run)
      const error = run.error === undefined ? [] : [String(run.error)]
      seen.push([event, nameOf(run), String(run.route), ...error].join(' '))
    }
    subscribe(`tracing:nozomi.layer:${event}`, note)
    t.after(() => unsubscribe(`tracing:nozomi.layer:${event}`, note))
  }
  const noteNext = (message: unknown) => {
    const event = message as NextEvent
    nexts.push(event)
    const error = event.error === undefined ? [] : [String(event.error)]
    seen.push(['next', nameOf(event.run), event.count, ...error].join(' '))
  }
  subscribe('nozomi.layer.next', noteNext)
  t.after(() => unsubscribe('nozomi.layer.next', noteNext))
  return { seen, runs, nexts }
}

function application(): Express {
  const [app, router] = [nozomi(), nozomi.Router()]
  app.set('env', 'test')
  app.use(function every(_req, _res, next) {
    next()
  })
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
      return 'done'
    },
  )
  app.use('/api', router)
  app.use(function mended(_error: unknown, _req: Request, res: Response, _next: NextFunction) {
    res.status(404).send('mended')
  })
  return app
}

for (const { name, ask: make } of ALL_WAYS) {
  describe(`nozomi.layer, over ${name}`, () => {
    it('has each handler with the pattern that matched, and each call of next', async (t) => {
      const app = application()
      const ask = await make(t, app)
      const { seen, runs } = record(t)
      assert.equal(await (await ask('/api/users/1')).text(), 'found')
      await until(() => seen.includes('asyncEnd second /users/:id'))
      assert.deepEqual(seen, [
        'start every /',
        'next every 1',
        'start router /api',
        'start param id /users/:id',
        'next param id 1',
        'start first /users/:id',
        'next first 1',
        'start second /users/:id',
        'end second /users/:id',
        'end first /users/:id',
        'end param id /users/:id',
        'end router /api',
        'end every /',
        'asyncStart second /users/:id',
        'asyncEnd second /users/:id',
      ])
      const second = runs.at(-1)
      assert.equal(second?.result, 'done')
      assert.equal(second?.layer.handle, second?.handler)
      assert.equal(second?.req.res, second?.res)
    })

    it('has an error once, at the handler that it comes from, and what an error handler was given', async (t) => {
      const ask = await make(t, application())
      const { seen, runs } = record(t)
      assert.equal(await (await ask('/api/users/0')).text(), 'mended')
      await until(() => seen.includes('asyncEnd second /users/:id Error: no such user'))
      assert.deepEqual(
        seen.filter((event) => event.startsWith('error ')),
        ['error second /users/:id Error: no such user'],
      )
      const last = runs.at(-1)
      assert.equal(last?.handler.name, 'mended')
      assert.equal(last?.errorHandler, true)
      assert.equal(String(last?.incomingError), 'Error: no such user')
    })
  })
}

describe('nozomi.layer.next', () => {
  it('counts the calls of one run, those after the answer too', async (t) => {
    let callAgain: NextFunction = () => {}
    const app = nozomi()
    app.set('env', 'test')
    app.use(function twice(_req, _res, next) {
      next()
      next()
      callAgain = next
    })
    app.get('/', function answers(_req, res) {
      res.end('x')
    })
    app.use(function after(_req, _res, next) {
      next()
    })
    const client = await listen(t, app)
    const { seen, nexts } = record(t)
    assert.equal((await client.get('/')).body, 'x')
    callAgain(new Error('late'))
    const calls = nexts.map(({ run, count, error }) => [run.handler.name, count, String(error ?? '')])
    assert.deepEqual(calls, [
      ['twice', 1, ''],
      ['twice', 2, ''],
      ['after', 1, ''],
      ['twice', 3, 'Error: late'],
    ])
    assert.equal(nexts[0]?.run, nexts[3]?.run)
    assert.equal(nexts[3]?.run.res.writableEnded, true)
    assert.ok(seen.includes('error twice / Error: late'))
  })

  it('has what a handler gives it, and nothing of a handler that throws or rejects', async (t) => {
    const app = nozomi()
    app.set('env', 'test')
    app.get(
      '/skipped',
      function leaves(_req, _res, next) {
        next('route')
      },
      (_req, res) => void res.end('never'),
    )
    app.get('/skipped', (_req, res) => void res.end('skipped'))
    app.get('/thrown', () => {
      throw new Error('thrown')
    })
    app.get('/rejected', async () => {
      throw new Error('rejected')
    })
    const client = await listen(t, app)
    const { nexts } = record(t)
    assert.equal((await client.get('/skipped')).body, 'skipped')
    assert.deepEqual(
      nexts.map(({ error, count }) => [error, count]),
      [['route', 1]],
    )
    assert.equal((await client.get('/thrown')).status, 500)
    assert.equal((await client.get('/rejected')).status, 500)
    assert.equal(nexts.length, 1)
  })

  it('is enough to be subscribed to: no other channel has to be', async (t) => {
    const app = nozomi().use(function first(_req, _res, next) {
      next()
    })
    const calls: string[] = []
    const note = (event: unknown) => void calls.push((event as NextEvent).run.handler.name)
    subscribe('nozomi.layer.next', note)
    t.after(() => unsubscribe('nozomi.layer.next', note))
    const client = await listen(t, app)
    assert.equal((await client.get('/')).status, 404)
    assert.deepEqual(calls, ['first'])
  })
})

describe('nozomi.layer', () => {
  it('gives the same object as the channel of Express', async (t) => {
    const seen = new Map<string, unknown>()
    for (const name of ['nozomi.layer', 'express.router.request']) {
      const note = (message: unknown) => void seen.set(name, message)
      subscribe(`tracing:${name}:start`, note)
      t.after(() => unsubscribe(`tracing:${name}:start`, note))
    }
    const client = await listen(
      t,
      nozomi().get('/', (_req, res) => void res.end('x')),
    )
    await client.get('/')
    assert.equal(seen.size, 2)
    assert.equal(seen.get('nozomi.layer'), seen.get('express.router.request'))
  })

  it('carries a store that is bound to it through the handlers, and through their settling', async (t) => {
    const channel = tracingChannel('nozomi.layer')
    const storage = new AsyncLocalStorage<Run>()
    channel.start.bindStore(storage as never)
    t.after(() => void channel.start.unbindStore(storage as never))
    const app = nozomi().get('/:page', async function show(_req, res) {
      await Promise.resolve()
      res.send(`${storage.getStore()?.handler.name} ${storage.getStore()?.route}`)
    })
    const client = await listen(t, app)
    assert.equal((await client.get('/x')).body, 'show /:page')
  })

  it('has the pattern of the own router of a handler that follows a router within a route', async (t) => {
    const inner = nozomi.Router().use('/:a', function within(_req, _res, next) {
      next()
    })
    const app = nozomi().all('/:a/:b', inner, function follows(_req, res) {
      res.end('x')
    })
    const client = await listen(t, app)
    const { seen } = record(t)
    assert.equal((await client.get('/x/y')).body, 'x')
    assert.deepEqual(
      seen.filter((event) => event.startsWith('start ')),
      ['start router /:a/:b', 'start within /:a', 'start follows /:a/:b'],
    )
  })
})
