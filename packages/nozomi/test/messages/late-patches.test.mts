import assert from 'node:assert/strict'
import { OutgoingMessage } from 'node:http'
import { describe, it } from 'node:test'
import nozomi from 'nozomi'
import { type Client, listen } from '../support/serve.mjs'

type Patchable = Record<string, (...args: unknown[]) => unknown>

/** Replaces a method while the server runs, asks, and puts it back. */
async function withPatch(target: object, name: string, client: Client, path: string): Promise<string> {
  const holder = target as Patchable
  const descriptor = Object.getOwnPropertyDescriptor(holder, name)
  const original = holder[name] as (...args: unknown[]) => unknown
  holder[name] = function patched(
    this: { setHeader?(name: string, value: string): void },
    ...args: unknown[]
  ) {
    const res = (this.setHeader ? this : args[1]) as {
      setHeader(name: string, value: string): void
      headersSent: boolean
    }
    if (!res.headersSent) res.setHeader('x-patched', name)
    return original.apply(this, args)
  }
  try {
    return ((await client.get(path)).headers['x-patched'] as string | undefined) ?? 'not seen'
  } finally {
    if (descriptor) Object.defineProperty(holder, name, descriptor)
    else delete holder[name]
  }
}

function fullApp() {
  const app = nozomi()
  app.get('/json', (_req, res) => void res.json({}))
  app.get('/send', (_req, res) => void res.send('x'))
  app.get('/end', (_req, res) => void res.end('x'))
  app.get('/write', (_req, res) => {
    res.write('x')
    res.end()
  })
  app.get('/status', (_req, res) => void res.status(201).end())
  app.get('/set', (_req, res) => void res.set('a', 'b').end())
  app.get('/file', (_req, res) => void res.sendFile(import.meta.filename))
  app.use('/files', nozomi.static(import.meta.dirname))
  app.get('/redirect', (_req, res) => void res.redirect('/x'))
  return app
}

describe('a method that is replaced while the server runs', () => {
  for (const [name, path] of [
    ['json', '/json'],
    ['send', '/json'],
    ['send', '/send'],
    ['end', '/send'],
    ['end', '/end'],
    ['write', '/write'],
    ['write', '/file'],
    ['end', '/file'],
    ['write', '/files/late-patches.test.mjs'],
    ['end', '/files/late-patches.test.mjs'],
    ['writeHead', '/send'],
    ['status', '/status'],
    ['set', '/set'],
    ['format', '/redirect'],
    ['location', '/redirect'],
  ] as const) {
    it(`is used when it is express.response.${name} (${path})`, async (t) => {
      const client = await listen(t, fullApp())
      await client.get(path)
      assert.equal(await withPatch(nozomi.response, name, client, path), name)
      assert.equal((await client.get(path)).headers['x-patched'], undefined)
    })

    it(`is used when it is app.response.${name} (${path})`, async (t) => {
      const app = fullApp()
      const client = await listen(t, app)
      await client.get(path)
      assert.equal(await withPatch(app.response, name, client, path), name)
    })
  }

  for (const path of ['/file', '/files/late-patches.test.mjs']) {
    it(`is used when it is write() of one response, or node’s own, and sees a file (${path})`, async (t) => {
      const app = nozomi()
      const seen: string[] = []
      app.use((req, res, next) => {
        if (req.headers['x-own'] !== undefined) {
          const { write } = res
          res.write = function (this: typeof res, ...args: unknown[]) {
            seen.push(String(args[0]).slice(0, 6))
            return Reflect.apply(write, this, args) as boolean
          }
        }
        next()
      })
      app.use(fullApp())
      const client = await listen(t, app)
      // From the disk first, then from memory.
      for (let time = 0; time < 3; time++) await client.get(path)
      await client.get(path, { headers: { 'x-own': '1' } })
      assert.deepEqual(seen, ['import'])
      assert.equal(await withPatch(OutgoingMessage.prototype, 'write', client, path), 'write')
    })
  }

  it('is used when it is one of a mounted application', async (t) => {
    const child = fullApp()
    const parent = nozomi()
    parent.use('/child', child)
    parent.get('/json', (_req, res) => void res.json({}))
    const client = await listen(t, parent)
    assert.equal((await client.get('/child/json')).headers['x-patched'], undefined)
    child.response.json = function json(this: typeof child.response, value: unknown) {
      this.setHeader('x-patched', 'child')
      return nozomi.response.json.call(this, value)
    } as typeof child.response.json
    assert.equal((await client.get('/child/json')).headers['x-patched'], 'child')
    assert.equal((await client.get('/json')).headers['x-patched'], undefined)
  })

  it('is used when it is Router.prototype.handle', async (t) => {
    const client = await listen(t, fullApp())
    assert.equal(await withPatch(nozomi.Router.prototype, 'handle', client, '/json'), 'handle')
  })

  it('is used when it is the match() or the handle of one layer', async (t) => {
    const app = fullApp()
    const client = await listen(t, app)
    const layer = app.router.stack.find(({ route }) => route?.path === '/json') as unknown as {
      match(path: string): unknown
      handle(req: unknown, res: { setHeader(name: string, value: string): void }, next: unknown): unknown
    }
    const { match, handle } = layer
    const asked: string[] = []
    layer.match = function (path) {
      asked.push(path)
      return match.call(this, path)
    }
    layer.handle = function (req, res, next) {
      res.setHeader('x-patched', 'handle')
      return handle.call(this, req, res, next)
    }
    assert.equal((await client.get('/json')).headers['x-patched'], 'handle')
    assert.deepEqual(asked, ['/json'])
  })

  it('is used when it is an accessor on the prototype of layers, through which each handle is assigned', async (t) => {
    const [{ constructor }] = fullApp().router.stack as unknown as [{ constructor: { prototype: object } }]
    const given = Symbol('given')
    Object.defineProperty(constructor.prototype, 'handle', {
      configurable: true,
      get(this: { [given]: unknown }) {
        return this[given]
      },
      set(this: { [given]: unknown }, handle: (...args: unknown[]) => unknown) {
        this[given] = function wrapped(
          req: unknown,
          res: { setHeader(...field: string[]): void },
          next: unknown,
        ) {
          res.setHeader('x-patched', 'accessor')
          return handle(req, res, next)
        }
      },
    })
    t.after(() => Reflect.deleteProperty(constructor.prototype, 'handle'))
    const app = fullApp()
    assert.equal((await (await listen(t, app)).get('/json')).headers['x-patched'], 'accessor')
  })

  it('is used when an application takes over its own handle()', async (t) => {
    const app = fullApp()
    const client = await listen(t, app)
    const { handle } = app
    app.handle = function (req, res, done) {
      res.setHeader('x-patched', 'app')
      return handle.call(this, req, res, done)
    }
    assert.equal((await client.get('/json')).headers['x-patched'], 'app')
  })

  it('shows in applications that exist already when it is express.application', async (t) => {
    const app = nozomi()
    const application = nozomi.application as unknown as Patchable
    const original = application['use'] as (...args: unknown[]) => unknown
    t.after(() => {
      application['use'] = original
    })
    let calls = 0
    application['use'] = function (...args) {
      calls++
      return original.apply(this, args)
    }
    app.use(() => {})
    assert.equal(calls, 1)
  })
})
