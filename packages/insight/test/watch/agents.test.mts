import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { tracingChannel } from 'node:diagnostics_channel'
import { ServerResponse } from 'node:http'
import test, { type TestContext } from 'node:test'
import { lineAt, WATCHED, watched } from '../support/watched.mjs'

/*
 * Applications that agents have wrapped: as OpenTelemetry does it (handlers are replaced, `__original` names what was there),
 * as dd-trace does it (node's prototypes are wrapped, and nothing names what was there), and by the channels.
 */

type Method = (this: object, ...args: unknown[]) => unknown
type Methods = Record<string, Method>

interface Layer {
  handle: Method & { __original?: Method }
}

/** Replaces handlers, with as many parameters as they had. */
function wrapHandlers(stack: Layer[]): void {
  for (const layer of stack) {
    const original = layer.handle
    const wrapper = function (this: object, ...args: unknown[]): unknown {
      return original.apply(this, args)
    }
    Object.defineProperty(wrapper, 'length', { value: original.length })
    layer.handle = Object.assign(wrapper, { __original: original })
  }
}

/** Wraps methods of node's responses until the test ends; counts the calls. */
function wrapNode(t: TestContext, calls: Map<string, number>): void {
  const prototype = ServerResponse.prototype as unknown as Methods
  for (const name of ['end', 'writeHead', 'setHeader', 'write']) {
    const own = Object.getOwnPropertyDescriptor(prototype, name)
    const original = prototype[name] as Method
    prototype[name] = function (...args) {
      calls.set(name, (calls.get(name) ?? 0) + 1)
      return original.apply(this, args)
    }
    t.after(() => {
      if (own === undefined) Reflect.deleteProperty(prototype, name)
      else Object.defineProperty(prototype, name, own)
    })
  }
}

for (const { name, framework } of WATCHED) {
  test(`${name}: finds the handler behind the wrapper of an agent`, async (t) => {
    const app = await watched(
      t,
      framework,
      (app) => {
        app.use(function before(_req, _res, next) {
          next()
        })
        app.get('/hang', function hangs() {})
        const { stack } = app.router as unknown as { stack: (Layer & { route?: { stack: Layer[] } })[] }
        for (const layer of stack) wrapHandlers(layer.route?.stack ?? [layer])
      },
      { hung: { afterMs: 60 } },
    )
    app.begin('/hang')
    const incident = await app.incident(({ kind }) => kind === 'hung')
    assert.match(lineAt(incident.places[0]?.place), /function hangs/)
    assert.match(lineAt(incident.places[1]?.place), /function before/)
  })

  for (const when of ['before', 'after']) {
    test(`${name}: an agent that wraps node's responses ${when} Insight began is called for each answer`, async (t) => {
      const calls = new Map<string, number>()
      if (when === 'before') wrapNode(t, calls)
      const app = await watched(t, framework, (app) => {
        app.get('/', (_req, res) => {
          res.json('first')
          try {
            res.json('second')
          } catch {
            // Reported all the same.
          }
        })
      })
      if (when === 'after') wrapNode(t, calls)
      assert.equal((await app.get('/')).body, '"first"')
      const incident = await app.incident(({ kind }) => kind === 'answered-twice')
      assert.match(lineAt(incident.places[1]?.place), /res\.json\('first'\)/)
      for (const method of ['end', 'writeHead', 'setHeader']) assert.ok(calls.get(method), method)
    })
  }

  test(`${name}: the context of an agent reaches the handlers, and theirs does not leave Insight's behind`, async (t) => {
    const span = new AsyncLocalStorage<string>()
    const { start } = tracingChannel<string, object>('nozomi.layer')
    start.bindStore(span, (event) => (event as { handler: { name: string } }).handler.name)
    t.after(() => start.unbindStore(span))
    const seen: (string | undefined)[] = []
    const app = await watched(t, framework, (app) => {
      app.use(async function first(_req, _res, next) {
        await Promise.resolve()
        seen.push(span.getStore())
        next()
      })
      app.get('/', async function second(_req, res) {
        await new Promise((resolve) => setImmediate(resolve))
        seen.push(span.getStore())
        res.json(1)
      })
    })
    await app.get('/')
    await app.get('/')
    assert.deepEqual(seen, ['first', 'second', 'first', 'second'])
    assert.deepEqual(app.reported, [])
  })
}
