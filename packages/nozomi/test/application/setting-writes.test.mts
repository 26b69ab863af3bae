import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import express from 'express'
import nozomi from 'nozomi'
import { type Client, type RequestInit, serve } from '../support/serve.mjs'

/*
 * Settings are compiled once, and read by every request. Whoever writes one after that, in whichever way Express notices,
 * must be noticed here: after each write below both answer the same, and not as before.
 */

type App = ReturnType<typeof express> & { settings: Record<string, unknown> }

/** A value for each setting that requests read, and a request whose answer shows it. */
const SETTINGS: { name: string; value: unknown; path: string; headers?: RequestInit['headers'] }[] = [
  { name: 'json spaces', value: 2, path: '/json' },
  { name: 'json escape', value: true, path: '/json' },
  { name: 'json replacer', value: ['b'], path: '/json' },
  { name: 'jsonp callback name', value: 'cb', path: '/jsonp?cb=x' },
  { name: 'etag fn', value: () => '"own"', path: '/json' },
  { name: 'query parser fn', value: () => ({ own: true }), path: '/request?a=1' },
  { name: 'trust proxy fn', value: () => true, path: '/request', headers: { 'X-Forwarded-Proto': 'https' } },
  { name: 'subdomain offset', value: 1, path: '/request', headers: { Host: 'a.b.c.d' } },
  { name: 'x-powered-by', value: false, path: '/json' },
  { name: 'env', value: 'production', path: '/error' },
]

/** `ask` sends a request: what was written before it has been read when it is answered. */
type Write = (app: App, name: string, value: unknown, ask: () => Promise<unknown>) => unknown

const WAYS: Record<string, Write> = {
  'app.set(name, value)': (app, name, value) => void app.set(name, value),
  'app.settings[name] = value': (app, name, value) => void (app.settings[name] = value),
  'Object.assign(app.settings, values)': (app, name, value) => {
    Object.assign(app.settings, { [name]: value })
  },
  'Object.defineProperty(app.settings, name, { value })': (app, name, value) => {
    Object.defineProperty(app.settings, name, { configurable: true, value })
  },
  'Object.defineProperty(app.settings, name, { get })': (app, name, value) => {
    Object.defineProperty(app.settings, name, { configurable: true, get: () => value })
  },
  'Object.defineProperty(app.settings, name, { get }), and what the getter gives changes': async (
    app,
    name,
    value,
    ask,
  ) => {
    let current = app.settings[name]
    Object.defineProperty(app.settings, name, { configurable: true, get: () => current })
    await ask()
    current = value
  },
  'replacing app.get() and app.enabled()': (app, name, value) => {
    const { get, enabled } = app
    app.get = function (this: App, ...args: unknown[]) {
      return args.length === 1 && args[0] === name ? value : (get as Function).apply(this, args)
    } as typeof get
    app.enabled = function (this: App, setting: string) {
      return setting === name ? Boolean(value) : enabled.call(this, setting)
    }
  },
  'app.locals.settings[name] = value': (app, name, value) => {
    const settings = app.locals['settings'] as Record<string, unknown>
    settings[name] = value
  },
  'app.settings = { ...app.settings, ...values }': (app, name, value) => {
    app.settings = { ...app.settings, [name]: value }
  },
  'app.settings[name] = value, after app.settings was replaced': async (app, name, value, ask) => {
    app.settings = { ...app.settings }
    await ask()
    app.settings[name] = value
  },
  'Object.setPrototypeOf(app.settings, values)': async (app, name, value, ask) => {
    delete app.settings[name]
    await ask()
    Object.setPrototypeOf(app.settings, { [name]: value })
  },
}

const FACTORIES = [express, nozomi as unknown as typeof express]

function readingApp(factory: typeof express): App {
  const app = factory() as App
  app.set('env', 'test')
  app.get('/json', (_req, res) => void res.json({ a: '<', b: 1 }))
  app.get('/jsonp', (_req, res) => void res.jsonp(1))
  app.get('/request', (req, res) => void res.json([req.query, req.protocol, req.subdomains]))
  app.get('/error', () => {
    throw Object.assign(new Error('shown'), { stack: 'the stack' })
  })
  return app
}

async function answerOf(client: Client, setting: (typeof SETTINGS)[number]): Promise<object> {
  const { path, headers = {} } = setting
  const { status, body, headers: fields } = await client.get(path, { headers })
  return { status, body, etag: fields['etag'], poweredBy: fields['x-powered-by'] }
}

/** Writes each setting to an application of its own that has already answered; gives the answers before and after. */
async function answersAround(t: TestContext, factory: typeof express, write: Write) {
  const answers: [before: object, after: object][] = []
  for (const setting of SETTINGS) {
    const app = readingApp(factory)
    const client = await serve(t, app)
    const before = await answerOf(client, setting)
    await write(app, setting.name, setting.value, () => client.get(setting.path))
    answers.push([before, await answerOf(client, setting)])
  }
  // Express prints errors in a later turn.
  await setImmediate()
  return answers
}

describe('a setting that requests read is taken up, as in Express, when it is written by', () => {
  for (const [way, write] of Object.entries(WAYS)) {
    it(way, async (t) => {
      t.mock.method(console, 'error', () => {})
      const [expected = [], answers = []] = await Promise.all(
        FACTORIES.map((factory) => answersAround(t, factory, write)),
      )
      for (const [index, { name }] of SETTINGS.entries()) {
        assert.deepEqual(answers[index], expected[index], name)
        assert.notDeepEqual(answers[index]?.[0], answers[index]?.[1], `${name} shows in no answer`)
      }
    })
  }

  it('app.get(), when that was replaced before the first request', async (t) => {
    for (const factory of FACTORIES) {
      const app = readingApp(factory)
      const { get } = app
      app.get = function (this: App, ...args: unknown[]) {
        return args.length === 1 && args[0] === 'json spaces' ? 3 : (get as Function).apply(this, args)
      } as typeof get
      const { body } = await (await serve(t, app)).get('/json')
      assert.equal(body, '{\n   "a": "<",\n   "b": 1\n}')
    }
  })

  it('its parent, or through the prototype of its own settings', async (t) => {
    for (const [outer, inner] of FACTORIES.flatMap((one) =>
      FACTORIES.map((other) => [one, other] as const),
    )) {
      const [parent, child] = [readingApp(outer), readingApp(inner)]
      parent.use('/child', child)
      const client = await serve(t, parent)
      const spaces = async () => (await client.get('/child/json')).body.indexOf('"') - '{\n'.length
      await spaces()
      parent.set('json spaces', 1)
      assert.equal(await spaces(), 1)
      Object.getPrototypeOf(child.settings)['json spaces'] = 2
      assert.equal(await spaces(), 2)
      delete parent.settings['json spaces']
      assert.equal((await client.get('/child/json')).body, '{"a":"<","b":1}')
    }
  })
})
