import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import nozomi from 'nozomi'
import { type Gateway, gateways } from './gateways.mjs'
import { awslambda, invoke } from './streaming-runtime.mjs'

const url = gateways['a function URL'] as Gateway
const rest = gateways['a REST API'] as Gateway

function application() {
  const app = nozomi()
  app.set('env', 'test')
  return app
}

const streaming = (app: unknown) => nozomi.lambda(app as never, { streaming: true })

describe('lambda() with `streaming`', () => {
  before(() => Object.assign(globalThis, { awslambda }))
  after(() => Reflect.deleteProperty(globalThis, 'awslambda'))

  it('sends the head, and then each piece when it is written', async () => {
    const app = application()
    app.get('/', async (_req, res) => {
      res.status(201).set('X-A', ['1', '2']).cookie('a', '1').cookie('b', '2').type('text')
      res.write('one,')
      await wait(20)
      res.end('two')
    })
    const { type, head, body, pieces, error, isEnded } = await invoke(streaming(app), url.event({}))
    assert.equal(error, null)
    assert.equal(type, 'application/vnd.awslambda.http-integration-response')
    assert.deepEqual([head.statusCode, head.headers['X-A']], [201, '1, 2'])
    assert.deepEqual(head.cookies, ['a=1; Path=/', 'b=2; Path=/'])
    assert.deepEqual(Object.keys(head).toSorted(), ['cookies', 'headers', 'statusCode'])
    assert.equal(body.toString(), 'one,two')
    assert.deepEqual(pieces.slice(2).map(String), ['one,', 'two'])
    assert.equal(isEnded, true)
  })

  it('gives a REST API fields of several values', async () => {
    const app = application()
    app.get('/', (_req, res) => void res.set('X-A', ['1', '2']).cookie('a', '1').cookie('b', '2').send('x'))
    const { head, body } = await invoke(streaming(app), rest.event({}))
    assert.equal(head.statusCode, 200)
    assert.deepEqual(head.multiValueHeaders['X-A'], ['1', '2'])
    assert.deepEqual(head.multiValueHeaders['Set-Cookie'], ['a=1; Path=/', 'b=2; Path=/'])
    assert.equal(body.toString(), 'x')
  })

  it('sends a head that has no body', async () => {
    const app = application()
    app.get('/', (_req, res) => void res.send('hello'))
    app.get('/204', (_req, res) => void res.sendStatus(204))
    app.get('/flushed', async (_req, res) => {
      res.flushHeaders()
      await wait(5)
      res.end()
    })
    const head = await invoke(streaming(app), url.event({ method: 'HEAD' }))
    assert.deepEqual([head.head.statusCode, head.body.length, head.isEnded], [200, 0, true])
    for (const [path, status] of [
      ['/204', 204],
      ['/flushed', 200],
    ] as const) {
      const { head, body, isEnded } = await invoke(streaming(app), url.event({ path }))
      assert.deepEqual([head.statusCode, body.length, isEnded], [status, 0, true], path)
    }
  })

  it('sends bytes as they are, and more than a result may have', async () => {
    const app = application()
    const bytes = Buffer.alloc(10_000_000, Buffer.from([0, 255, 1, 254]))
    app.get('/', (_req, res) => void res.type('bin').send(bytes))
    const { body } = await invoke(streaming(app), url.event({}))
    assert(body.equals(bytes))
  })

  it('reads bodies', async () => {
    const app = application()
    app.post('/', nozomi.json(), (req, res) => void res.json(req.body))
    const event = url.event({
      method: 'POST',
      headers: [['Content-Type', 'application/json']],
      body: '{"a":1}',
    })
    assert.equal((await invoke(streaming(app), event)).body.toString(), '{"a":1}')
  })

  it('stops a handler that writes faster than it is read', async () => {
    const app = application()
    let written = 0
    app.get('/', async (_req, res) => {
      for (; written < 50; written++) if (!res.write(Buffer.alloc(20_000))) await once(res, 'drain')
      res.end()
    })
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const invoking = invoke(streaming(app), url.event({}), { onPiece: () => held })
    await wait(30)
    assert(written < 10, `${written} pieces were written`)
    goOn()
    assert.equal((await invoking).body.length, 1_000_000)
  })

  it('tells a handler that nobody reads any more', async () => {
    const app = application()
    let closed: Promise<unknown> | undefined
    app.get('/', (_req, res) => {
      closed = once(res, 'close')
      res.write('x')
    })
    const gone = wait(20)
    const { error } = await invoke(streaming(app), url.event({}), { gone: gone as Promise<void> })
    assert.equal(error.code, 'NOZOMI_LAMBDA_ABORTED')
    await closed
  })

  it('fails when a handler destroys the response, and before the function times out', async () => {
    const app = application()
    const cause = new Error('broken')
    app.get('/before', (_req, res) => void res.destroy(cause))
    app.get('/after', (_req, res) => {
      res.write('x')
      setImmediate(() => res.destroy(cause))
    })
    app.get('/slow', (_req, res) => void res.write('x'))
    const handler = streaming(app)
    for (const path of ['/before', '/after']) {
      const { error, isEnded } = await invoke(handler, url.event({ path }))
      assert.deepEqual([error.code, error.cause, isEnded], ['NOZOMI_LAMBDA_ABORTED', cause, false], path)
    }
    const context = { getRemainingTimeInMillis: () => 260 }
    const { error, head } = await invoke(handler, url.event({ path: '/slow' }), { context })
    assert.deepEqual([error.code, head.statusCode], ['NOZOMI_LAMBDA_TIMEOUT', 200])
  })

  it('fails for events that are none of HTTP', async () => {
    assert.equal((await invoke(streaming(application()), { Records: [] })).error.code, 'NOZOMI_LAMBDA_EVENT')
  })
})

describe('lambda() with `streaming`, anywhere else', () => {
  it('says what it needs', () => {
    assert.throws(() => streaming(application()), { code: 'NOZOMI_LAMBDA_STREAMING', message: /awslambda/ })
  })
})
