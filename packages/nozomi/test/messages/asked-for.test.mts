import assert from 'node:assert/strict'
import { createServer, IncomingMessage, ServerResponse } from 'node:http'
import { describe, it, type TestContext } from 'node:test'
import nozomi, { type Express, type RequestHandler } from 'nozomi'
import { listen, type RequestInit, serveOn } from '../support/serve.mjs'

/*
 * Nothing is computed before it is asked for. Beside each count stands the handler that does ask, so that a count which
 * has lost its object is noticed.
 */

/** A request that has something of everything. */
const FULL_REQUEST: RequestInit = {
  method: 'POST',
  headers: {
    accept: 'text/html',
    'accept-language': 'en',
    cookie: 'a=b',
    'content-type': 'application/json',
    'if-none-match': '"x"',
    range: 'bytes=0-1',
    'x-forwarded-for': '10.0.0.1',
    'x-forwarded-host': 'forwarded.example',
    'x-forwarded-proto': 'https',
  },
  body: '{"a":1}',
}

const PATH = '/child/books/7?a=1&b[c]=2'

/** An application in which a request passes middleware, a mounted application, a router and a parameter. */
function appWith(handler: RequestHandler, configure: (app: Express) => void = () => {}): Express {
  const [app, child, router] = [nozomi(), nozomi(), nozomi.Router()]
  // Each has its own settings.
  configure(app)
  configure(child)
  app.use((_req, _res, next) => next())
  app.use('/child', child)
  child.use('/books', router)
  router.all('/:id', handler)
  return app
}

const asksForNothing: RequestHandler = (_req, res) => void res.end('x')

/** Sends the request twice, since the first one may prepare something for all, and counts what the second causes. */
async function countIn(t: TestContext, app: Express, count: { calls: number }): Promise<number> {
  const client = await listen(t, app)
  assert.equal((await client.get(PATH, FULL_REQUEST)).status, 200)
  count.calls = 0
  assert.equal((await client.get(PATH, FULL_REQUEST)).status, 200)
  return count.calls
}

/** Each setting that is a function, what asks for it, and how often that calls it. */
const FUNCTIONS: [setting: string, result: unknown, asked: string, calls: number, handler: RequestHandler][] =
  [
    [
      'query parser',
      {},
      'req.query is read twice',
      1,
      (req, res) => void res.end(JSON.stringify([req.query, req.query])),
    ],
    ['trust proxy', true, 'req.protocol is read', 1, (req, res) => void res.end(req.protocol)],
    ['trust proxy', true, 'req.hostname is read', 1, (req, res) => void res.end(req.hostname)],
    ['etag', '"x"', 'res.json() answers', 1, (_req, res) => void res.json({})],
  ]

describe('for a request whose handler asks for nothing', () => {
  for (const [setting, result, asked, calls, handler] of FUNCTIONS) {
    it(`the function of "${setting}" is not called; when ${asked}, it is`, async (t) => {
      for (const [handle, expected] of [
        [asksForNothing, 0],
        [handler, calls],
      ] as const) {
        const count = { calls: 0 }
        const app = appWith(handle, (configured) => {
          configured.set(setting, () => {
            count.calls++
            return result
          })
        })
        assert.equal(await countIn(t, app, count), expected)
      }
    })
  }

  it('no setting is looked up', async (t) => {
    const count = { calls: 0 }
    const watch = (app: Express) => {
      app.settings = new Proxy(app.settings, {
        get(settings, name, receiver) {
          count.calls++
          return Reflect.get(settings, name, receiver) as unknown
        },
      })
    }
    assert.equal(await countIn(t, appWith(asksForNothing, watch), count), 0)
    const asking: RequestHandler = (req, res) => void res.end(String(req.app.get('env')))
    assert.equal(await countIn(t, appWith(asking, watch), count), 1)
  })

  it('no field of the request is read but those that node reads', async (t) => {
    const read: string[] = []
    const node = createServer(
      { IncomingMessage: watchFields(class extends IncomingMessage {}, read) },
      (_req, res) => {
        res.end('x')
      },
    )
    await (await serveOn(t, node)).get(PATH, FULL_REQUEST)
    const byNode = read.splice(0).join()
    for (const [handler, expected] of [
      [asksForNothing, byNode],
      [(req, res) => void res.end(req.get('accept')), `${byNode},accept`],
    ] as [RequestHandler, string][]) {
      const app = appWith(handler)
      watchFields({ prototype: app.request }, read)
      await (await listen(t, app)).get(PATH, FULL_REQUEST)
      assert.equal(read.splice(0).join(), expected)
    }
  })

  it('no object is made and kept for what it might have asked for', async (t) => {
    assert.deepEqual(await addedObjects(t, asksForNothing), [])
    const locals: RequestHandler = (_req, res) => void res.end(String(Object.keys(res.locals)))
    assert.deepEqual(await addedObjects(t, locals), ['Symbol(nozomi.locals)'])
    const query: RequestHandler = (req, res) => void res.end(JSON.stringify(req.query))
    assert.deepEqual(await addedObjects(t, query), ['Symbol(nozomi.query)'])
  })

  it('nobody listens to its messages or reads its body', async (t) => {
    const seen: unknown[] = []
    const note = (req: IncomingMessage, res: ServerResponse) => {
      const emitters = [req, res, req.socket]
      seen.push([
        req.readableDidRead,
        req.readableFlowing,
        emitters.map((one) => one.eventNames().map((name) => [name, one.listenerCount(name)])),
      ])
      res.end('x')
    }
    await (await serveOn(t, createServer(note))).get(PATH, FULL_REQUEST)
    await (await listen(t, appWith(note as RequestHandler))).get(PATH, FULL_REQUEST)
    assert.deepEqual(seen[1], seen[0])
  })
})

/** Notes the names of the fields that are read of requests with this prototype. */
function watchFields<T extends { prototype: object }>(target: T, read: string[]): T {
  const headers = Object.getOwnPropertyDescriptor(IncomingMessage.prototype, 'headers') as PropertyDescriptor
  Object.defineProperty(target.prototype, 'headers', {
    ...headers,
    get(this: IncomingMessage) {
      return new Proxy(headers.get?.call(this) as object, {
        get(fields, name, receiver) {
          read.push(String(name))
          return Reflect.get(fields, name, receiver) as unknown
        },
      })
    },
  })
  return target
}

/** What a message of ours may hold beyond one of node: each other, and how far the request has come. */
const ROUTING = new Set<string | symbol>(['req', 'res', 'next', 'params', 'route'])

/** The names of all fields with objects that the messages have, and those of node have not, when the handler has run. */
async function addedObjects(t: TestContext, handler: RequestHandler): Promise<string[]> {
  let added: string[] = []
  const app = appWith((req, res, next) => {
    void handler(req, res, next)
    const ofNode = [new IncomingMessage(req.socket), new ServerResponse(req)]
    added = [req, res].flatMap((message, index) => {
      const names = Reflect.ownKeys(message).filter((name) => !ROUTING.has(name) && !(name in ofNode[index]!))
      return names.filter((name) => isMade(Reflect.get(message, name), req.app)).map(String)
    })
  })
  assert.equal((await (await listen(t, app)).get(PATH, FULL_REQUEST)).status, 200)
  return added
}

function isMade(value: unknown, app: unknown): boolean {
  return ((typeof value === 'object' && value !== null) || typeof value === 'function') && value !== app
}
