import assert from 'node:assert/strict'
import { once } from 'node:events'
import { inspect } from 'node:util'
import type { ServerResponse } from 'node:http'
import test from 'node:test'
import { lineAt, WATCHED, watched } from '../support/watched.mjs'

interface HeadersSent extends Error {
  code?: string
  cause?: Error
}

for (const { name, framework } of WATCHED) {
  test(`${name}: a second res.json() names both places, and its error has the first as its cause`, async (t) => {
    const caught: HeadersSent[] = []
    const app = await watched(t, framework, (app) => {
      app.get('/twice', function answersTwice(_req, res) {
        res.json('first')
        try {
          res.json('second')
        } catch (error) {
          caught.push(error as HeadersSent)
        }
      })
    })
    const answer = await app.get('/twice?token=abc')
    assert.deepEqual([answer.status, answer.body], [200, '"first"'])
    const incident = await app.incident(({ kind }) => kind === 'answered-twice')
    assert.deepEqual(
      incident.places.map(({ what, place }) => [what, lineAt(place).trim()]),
      [
        ['answered again', "res.json('second')"],
        ['answered first', "res.json('first')"],
      ],
    )
    assert.match(
      incident.message,
      /^GET \/twice\?token=\[redacted\] was answered twice: first at .*answers\.test\.m[jt]s:\d+:\d+, and again at .*answers\.test\.m[jt]s:\d+:\d+; return after the first answer\.$/,
    )
    assert.equal(caught[0]?.code, 'ERR_HTTP_HEADERS_SENT')
    assert.match(
      inspect(caught[0]),
      /\[cause\]: Error: GET \/twice\?token=\[redacted\] was answered first at .*answers\.test/,
    )
    assert.deepEqual(
      app.reported.map(({ message }) => message),
      [incident.message],
    )
  })

  for (const [method, again] of Object.entries({
    setHeader: (res) => res.setHeader('a', 'b'),
    appendHeader: (res) => res.appendHeader('a', 'b'),
    removeHeader: (res) => res.removeHeader('a'),
    writeHead: (res) => res.writeHead(200),
    send: (res) => (res as never as { send(body: string): void }).send('x'),
    redirect: (res) => (res as never as { redirect(to: string): void }).redirect('/x'),
    end: (res) => res.end('again'),
  } satisfies Record<string, (res: import('node:http').ServerResponse) => unknown>)) {
    test(`${name}: reports a second answer by ${method}, also much later`, async (t) => {
      const app = await watched(t, framework, (app) => {
        app.get('/', function late(_req, res) {
          res.end('first')
          res.on('finish', () => {
            setImmediate(() => {
              try {
                again(res as never)
              } catch {
                // Reported all the same.
              }
            })
          })
        })
      })
      assert.equal((await app.get('/')).body, 'first')
      const incident = await app.incident(({ kind }) => kind === 'answered-twice')
      assert.match(lineAt(incident.places[1]?.place), /res\.end\('first'\)/)
      assert.match(lineAt(incident.places[0]?.place), /again\(res|\(res\) =>/)
      const [record] = app.watch.records()
      assert.deepEqual(
        record?.incidents.map(({ kind }) => kind),
        ['answered-twice'],
      )
    })
  }

  test(`${name}: a handler that answers and one that follows are both named`, async (t) => {
    const app = await watched(t, framework, (app) => {
      app.use(function guard(_req, res, next) {
        res.status(401).json('no')
        next()
      })
      app.get('/', function secret(_req, res) {
        res.json('secret')
      })
      app.use(function onError(_error: unknown, _req: unknown, _res: unknown, _next: unknown) {} as never)
    })
    assert.equal((await app.get('/')).status, 401)
    const after = await app.incident(({ kind }) => kind === 'next-after-answer')
    assert.match(lineAt(after.places[0]?.place), /next\(\)/)
    assert.match(lineAt(after.places[1]?.place), /res\.status\(401\)/)
    assert.match(
      after.message,
      /^The middleware 'guard' \(.*\) called next\(\) at .*, after GET \/ was answered at /,
    )
    const twice = await app.incident(({ kind }) => kind === 'answered-twice')
    assert.match(lineAt(twice.places[0]?.place), /res\.json\('secret'\)/)
    assert.match(lineAt(twice.places[1]?.place), /res\.status\(401\)/)
  })

  test(`${name}: an error that is passed on in the midst of an answer, or by an error handler, is no call too many`, async (t) => {
    const app = await watched(t, framework, (app) => {
      app.get('/cut', (_req, res, next) => {
        res.write('the first half')
        next(new Error('the second half is lost'))
      })
      app.get('/late', async (_req, res) => {
        res.end()
        throw new Error('late')
      })
      app.get('/both', (_req, res, next) => {
        res.end()
        next(new Error('too much'))
      })
      app.use(function passOn(error: unknown, _req: unknown, res: any, next: (error: unknown) => void) {
        if (res.headersSent) next(error)
        else res.sendStatus(500)
      } as never)
    })
    for (const path of ['/cut', '/late', '/both']) {
      // Express closes the connection: the next request is not to be lost with it.
      await app.get(path, { fields: { connection: 'close' } }).catch(() => 'cut')
      await app.over(path)
    }
    await app.incident(({ url }) => url === '/both')
    assert.deepEqual(
      app.reported.map(({ kind, url }) => [kind, url]),
      [
        ['late-rejection', '/late'],
        ['next-after-answer', '/both'],
      ],
    )
  })

  test(`${name}: a call of next() from within a package is said to be of the handler`, async (t) => {
    const app = await watched(t, framework, (app) => {
      app.get('/', function answersTwice(_req, res, next) {
        res.end()
        process.nextTick(next)
      })
    })
    await app.get('/')
    const { message } = await app.incident(({ kind }) => kind === 'next-after-answer')
    assert.match(
      message,
      /^The handler 'answersTwice' \([^)]*\) called next\(\), after GET \/ was answered at /,
    )
  })

  test(`${name}: next() called twice names both calls`, async (t) => {
    const app = await watched(t, framework, (app) => {
      app.use(function forgetsReturn(req, _res, next) {
        if (req.url === '/') next()
        next('route')
      })
      app.get('/', (_req, res) => void setImmediate(() => res.json(1)))
    })
    await app.get('/')
    const incident = await app.incident(({ kind }) => kind === 'next-twice')
    assert.deepEqual(incident.places.map(({ what, place }) => [what, lineAt(place).trim()]).slice(0, 2), [
      ['next() called again', "next('route')"],
      ['next() called first', "if (req.url === '/') next()"],
    ])
    assert.match(
      incident.message,
      /^next\(\) was called twice for GET \/ by the middleware 'forgetsReturn' \(.*\): first at .*, and again at /,
    )
  })

  test(`${name}: without call sites the handler is named that called next() twice`, async (t) => {
    const app = await watched(
      t,
      framework,
      (app) => {
        app.use(function twice(_req, _res, next) {
          next()
          next()
        })
        app.get('/', (_req, res) => void setImmediate(() => res.json(1)))
      },
      { callSites: false, followAsync: false },
    )
    await app.get('/')
    const incident = await app.incident(({ kind }) => kind === 'next-twice')
    assert.match(incident.message, /by the middleware 'twice' \(.*\): again at .*answers\.test/)
  })

  test(`${name}: a promise that is rejected after the answer is reported, with both places`, async (t) => {
    const app = await watched(t, framework, (app) => {
      app.post('/orders', async function createOrder(_req, res) {
        res.status(201).json('created')
        await Promise.resolve()
        throw new Error('the mail was not sent')
      })
      app.use(function onError(_error: unknown, _req: unknown, _res: unknown, _next: unknown) {} as never)
    })
    assert.equal((await app.get('/orders', { method: 'POST' })).status, 201)
    const incident = await app.incident(({ kind }) => kind === 'late-rejection')
    assert.match(
      incident.message,
      /^The promise of the handler 'createOrder' \(.*\) was rejected after POST \/orders was answered at .*: Error: the mail was not sent \(thrown at /,
    )
    assert.match(lineAt(incident.places[0]?.place), /throw new Error/)
    assert.match(lineAt(incident.places[1]?.place), /res\.status\(201\)/)
  })

  test(`${name}: a promise that is rejected, and answered by an error handler at once, is no incident`, async (t) => {
    const app = await watched(t, framework, (app) => {
      app.get('/', async () => {
        await Promise.resolve()
        throw new Error('refused')
      })
      app.get('/late', async function late(_req, res) {
        res.json('answered')
        await Promise.resolve()
        throw new Error('too late')
      })
      app.use(function onError(error: Error, _req: unknown, res: ServerResponse, _next: unknown) {
        if (!res.headersSent) res.writeHead(500).end(error.message)
      } as never)
    })
    assert.equal((await app.get('/')).body, 'refused')
    assert.equal((await app.get('/late')).status, 200)
    // What the others would have brought had come before.
    await app.incident(({ kind, url }) => kind === 'late-rejection' && url === '/late')
    const rejections = app.reported.filter(({ kind }) => kind === 'late-rejection')
    assert.deepEqual(
      rejections.map(({ url }) => url),
      ['/late'],
    )
  })

  test(`${name}: an error that was answered in order is no incident`, async (t) => {
    const app = await watched(t, framework, (app) => {
      app.get('/throws', () => {
        throw new Error('a')
      })
      app.get('/rejects', async () => Promise.reject(new Error('b')))
      app.get('/next', (_req, _res, next) => next(new Error('c')))
      app.get('/bad', (_req, res) => {
        res.status(9999).end()
      })
      app.get('/streams', (_req, res) => {
        res.write('a')
        res.write('b')
        setImmediate(() => res.end('c'))
      })
      app.get('/head', (_req, res) => {
        res.writeHead(200, { 'X-A': '1' })
        res.end()
      })
    })
    for (const path of ['/throws', '/rejects', '/next', '/bad'])
      assert.equal((await app.get(path)).status, 500, path)
    assert.equal((await app.get('/streams')).body, 'abc')
    await app.get('/head')
    await app.get('/nothing')
    await app.over('/nothing')
    assert.deepEqual(
      app.reported.map(({ message }) => message),
      [],
    )
    const record = await app.over('/throws')
    assert.equal(record.error?.message, 'a')
    assert.match(lineAt(record.error?.place), /throw new Error\('a'\)/)
  })

  test(`${name}: the second answer of a callback that ends the process is told before`, async (t) => {
    const app = await watched(t, framework, (app) => {
      app.get('/', (_req, res) => {
        res.end('first')
        setImmediate(() => res.setHeader('a', 'b'))
      })
    })
    // The test runner has a listener of its own for this.
    const listeners = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    const uncaught = once(process, 'uncaughtException') as Promise<[HeadersSent]>
    t.after(() => {
      for (const listener of listeners) process.on('uncaughtException', listener)
    })
    await app.get('/')
    const [error] = await uncaught
    assert.match(String(error.cause?.stack), /answered first at .*\n\s+at .*answers\.test/)
    assert.equal(app.reported.length, 1)
  })

  test(`${name}: methods that are patched before and after, on each level, go on working`, async (t) => {
    const calls: string[] = []
    type Patched = Record<string, (...args: unknown[]) => unknown>
    const patch = (target: object, method: string, by: string): void => {
      const before = (target as Patched)[method] as Patched[string]
      ;(target as Patched)[method] = function (this: object, ...args: unknown[]) {
        calls.push(`${by}.${method}`)
        return before.apply(this, args)
      }
    }
    const app = await watched(t, framework, (app) => {
      app.use((_req, res, next) => {
        patch(res, 'end', 'res')
        patch(res, 'setHeader', 'res')
        next()
      })
      app.get('/', (_req, res) => void res.json('a'))
    })
    patch(app.app.response, 'end', 'app.response')
    assert.equal((await app.get('/')).body, '"a"')
    assert.deepEqual([...new Set(calls)].toSorted(), ['app.response.end', 'res.end', 'res.setHeader'])
    app.watch.stop()
    calls.length = 0
    assert.equal((await app.get('/')).body, '"a"')
    assert.ok(calls.includes('app.response.end'))
    assert.deepEqual(app.reported, [])
  })

  test(`${name}: a response that has lost getHeaders() is answered and recorded`, async (t) => {
    const app = await watched(t, framework, (app) => {
      app.get('/getters', (_req, res) => {
        Object.defineProperty(res, 'getHeaders', { value: undefined })
        res.end('answered')
      })
    })
    assert.equal((await app.get('/getters')).body, 'answered')
    const record = await app.over('/getters')
    assert.equal(record.status, 200)
    assert.deepEqual(record.responseFields, [])
  })
}
