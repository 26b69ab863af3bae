import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import v8 from 'node:v8'
import nozomi from 'nozomi'
import { countPrototypeChanges } from '../support/prototype-changes.mjs'
import { type Client, listen, serve } from '../support/serve.mjs'

v8.setFlagsFromString('--allow-natives-syntax')
const haveSameMap = new Function('a', 'b', 'return %HaveSameMap(a, b)') as (a: object, b: object) => boolean

/** An application that keeps the messages it gets, in the middle of a route. */
function keepingApp() {
  const app = nozomi()
  const seen: { req: IncomingMessage; res: ServerResponse }[] = []
  app.get('/:page', (req, res) => {
    seen.push({ req, res })
    res.json({ page: req.params.page })
  })
  return { app, seen }
}

async function askTimes(client: Client, times: number): Promise<void> {
  for (let i = 0; i < times; i++) assert.equal((await client.get(`/page${i}`)).status, 200)
}

describe('the messages of an application', () => {
  it('have one hidden class, whatever the request', async (t) => {
    const { app, seen } = keepingApp()
    const client = await listen(t, app)
    await client.get('/a')
    await client.get('/b?x=1', { headers: { cookie: 'a=b', accept: 'text/html' } })
    await client.get('/c')
    const [, second, third] = seen
    assert.ok(second && third)
    assert.ok(haveSameMap(second.req, third.req), 'two requests differ in shape')
    assert.ok(haveSameMap(second.res, third.res), 'two responses differ in shape')
    assert.ok(!haveSameMap({ a: 1 }, { b: 1 }), 'the comparison itself tells nothing')
  })

  it('keep that class, whatever a handler does with them', async (t) => {
    const seen = new Map<string, { req: IncomingMessage; res: ServerResponse }>()
    const app = nozomi()
    app.set('env', 'test')
    app.use((req, res, next) => {
      seen.set(req.url, { req, res })
      next()
    })
    app.get('/json', (_req, res) => void res.json({}))
    app.get('/created', (_req, res) => void res.status(201).json({}))
    app.get('/no-content', (_req, res) => void res.sendStatus(204))
    app.get('/text', (_req, res) => void res.type('txt').send('text'))
    app.get('/bytes', (_req, res) => void res.send(Buffer.from('bytes')))
    app.get('/cookie', (_req, res) => void res.cookie('a', 'b').set('x', 'y').send('cookie'))
    app.get('/redirect', (_req, res) => void res.redirect('/text'))
    app.get('/file', (_req, res) => void res.sendFile(import.meta.filename))
    app.get('/parts', (_req, res) => {
      res.write('a')
      res.end('b')
    })
    app.get('/head', (_req, res) => void res.writeHead(202, 'Fine', { x: 'y' }).end())
    app.get('/throw', () => {
      throw new Error('thrown')
    })
    app.get('/reject', () => Promise.reject(new Error('rejected')))
    app.use(
      '/mounted',
      nozomi().get('/', (_req, res) => void res.json({})),
    )
    app.use(
      '/router',
      nozomi.Router().get('/:id', (_req, res) => void res.status(202).json({})),
    )
    const client = await listen(t, app)
    const paths = [
      'json',
      'created',
      'no-content',
      'text',
      'bytes',
      'cookie',
      'redirect',
      'file',
      'parts',
      'head',
    ]
    paths.push('throw', 'reject', 'mounted', 'router/1', 'nowhere')
    // Twice: the first of a kind may be before the class is complete.
    for (const path of [...paths, ...paths]) await client.get(`/${path}`)
    const { res } = seen.get('/json') as { res: ServerResponse }
    for (const path of paths) {
      const other = seen.get(`/${path}`)?.res as ServerResponse
      assert.ok(haveSameMap(res, other), `${path}: ${Object.keys(other)} and not ${Object.keys(res)}`)
    }
  })

  it('never change their prototype on the server of app.listen()', async (t) => {
    const { app } = keepingApp()
    const client = await listen(t, app)
    assert.equal(await countPrototypeChanges(t, () => askTimes(client, 5)), 0)
  })

  it('change it for the first request only on http.createServer(app)', async (t) => {
    const { app } = keepingApp()
    const client = await serve(t, app)
    assert.equal(await countPrototypeChanges(t, () => askTimes(client, 1)), 2)
    assert.equal(await countPrototypeChanges(t, () => askTimes(client, 5)), 0)
  })

  it('change it for every request where the application is not the only listener', async (t) => {
    const { app } = keepingApp()
    const client = await serve(t, app)
    client.server.on('request', () => {})
    assert.equal(await countPrototypeChanges(t, () => askTimes(client, 3)), 6)
  })

  it('stay those of the parent in a mounted application that adds nothing', async (t) => {
    const { app } = keepingApp()
    const parent = nozomi()
    parent.use('/sub', app)
    const client = await listen(t, parent)
    const count = await countPrototypeChanges(t, async () => {
      assert.equal((await client.get('/sub/x')).body, '{"page":"x"}')
    })
    assert.equal(count, 0)
  })
})

describe('a server made by somebody else', () => {
  it('keeps message classes of its own', async (t) => {
    const { IncomingMessage } = await import('node:http')
    class Mine extends IncomingMessage {
      mine = true
    }
    const app = nozomi()
    app.get('/', (req, res) => void res.send(String((req as unknown as Mine).mine)))
    const server = createServer({ IncomingMessage: Mine }, app)
    const { serveOn } = await import('../support/serve.mjs')
    const client = await serveOn(t, server)
    assert.equal((await client.get('/')).body, 'true')
    assert.equal((await client.get('/')).body, 'true')
  })

  it('serves two applications by turns, each with its own messages', async (t) => {
    const apps = ['one', 'two'].map((name) => {
      const app = nozomi()
      app.set('subdomain offset', name)
      app.get('/', (req, res) => void res.send(`${name} ${req.app === app} ${res.app === app}`))
      return app
    })
    let turn = 0
    const client = await serve(t, (req: IncomingMessage, res: ServerResponse) => apps[turn++ % 2]?.(req, res))
    for (const name of ['one', 'two', 'one', 'two']) {
      assert.equal((await client.get('/')).body, `${name} true true`)
    }
  })
})

describe('a prototype of the application’s own', () => {
  for (const count of [1, 2, 3]) {
    const additions = Object.fromEntries(Array.from({ length: count }, (_, i) => [`added${i}`, () => i]))

    it(`is used when it takes the place of app.request and app.response, with ${count} members`, async (t) => {
      const app = nozomi()
      app.request = Object.assign(Object.create(app.request), additions)
      app.response = Object.assign(Object.create(app.response), additions)
      app.get('/', (req, res) => {
        const messages = [req, res] as unknown as Record<string, () => number>[]
        res.json(messages.map((message) => Object.keys(additions).map((name) => message[name]?.())))
      })
      const expected = JSON.stringify([0, 1].map(() => Object.values(additions).map((_, i) => i)))
      assert.equal((await (await listen(t, app)).get('/')).body, expected)
      const parent = nozomi()
      parent.use('/child', app)
      assert.equal((await (await listen(t, parent)).get('/child')).body, expected)
    })
  }
})

describe('a message', () => {
  it('does not print its application', async (t) => {
    const app = nozomi()
    app.locals['secret'] = 'SECRET_LOCAL'
    app.get(
      '/',
      (req, res) => void res.send(inspect(req) + inspect(res) + Object.keys(req) + Object.keys(res)),
    )
    const { body } = await (await listen(t, app)).get('/')
    assert.doesNotMatch(body, /SECRET_LOCAL|\bapp\b/)
    assert.match(body, /IncomingMessage|Request/)
  })
})
