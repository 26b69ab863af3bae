import type { Request, Response } from 'express'
import { get, head, send } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'

const scenario = area('patching/prototypes')

type Json = (this: Response, body: unknown) => Response

scenario(
  'express.response.json patched before, and while serving',
  ({ express, patch }) => {
    const app = express()
    const original = express.response.json as Json
    patch(express.response, 'json', function json(this: Response, body: unknown) {
      return original.call(this, { wrapped: body })
    })
    app.get('/', (_req, res) => void res.json({ a: 1 }))
    app.get('/send', (_req, res) => void res.send({ a: 1 }))
    app.get('/again', (_req, res) => {
      const once = express.response.json as Json
      patch(express.response, 'json', function json(this: Response, body: unknown) {
        return once.call(this, [body])
      })
      res.json({ a: 1 })
    })
    return app
  },
  [get('/'), get('/send'), get('/again'), get('/')],
)

scenario(
  'express.response.send patched is what json, sendStatus and render call',
  ({ express, patch, note }) => {
    const app = express()
    const original = express.response.send as Json
    patch(express.response, 'send', function send(this: Response, body: unknown) {
      note('send', body)
      return original.call(this, body)
    })
    app.get('/json', (_req, res) => void res.json({ a: 1 }))
    app.get('/jsonp', (_req, res) => void res.jsonp({ a: 1 }))
    app.get('/status', (_req, res) => void res.sendStatus(201))
    app.get('/object', (_req, res) => void res.send({ b: 2 }))
    app.get('/string', (_req, res) => void res.send('text'))
    return app
  },
  ['/json', '/jsonp', '/status', '/object', '/string'].map((target) => get(target)),
)

scenario(
  'app.response patched concerns that app alone, at any time',
  ({ express }) => {
    const app = express()
    const other = express()
    app.get('/', (_req, res) => void res.json({ a: 1 }))
    other.get('/', (_req, res) => void res.json({ b: 1 }))
    app.get('/patch', (_req, res) => {
      const original = app.response.json as Json
      app.response.json = function json(this: Response, body: unknown) {
        return original.call(this, { app: body })
      }
      res.end('patched')
    })
    const front = express()
    front.use('/app', (req, res) => app(req, res))
    front.use('/other', (req, res) => other(req, res))
    return front
  },
  [get('/app'), get('/app/patch'), get('/app'), get('/other')],
)

scenario(
  'each helper of a response calls the others through the object',
  ({ express, note }) => {
    const app = express()
    const calls = ['set', 'type', 'status', 'location', 'append', 'vary', 'format', 'cookie'] as const
    for (const name of calls) {
      const original = Reflect.get(app.response, name) as (...args: unknown[]) => unknown
      Object.defineProperty(app.response, name, {
        configurable: true,
        writable: true,
        value(this: Response, ...args: unknown[]) {
          note(
            name,
            args.map((arg) => (typeof arg === 'object' && arg !== null ? Object.keys(arg) : arg)),
          )
          return original.apply(this, args)
        },
      })
    }
    app.get('/send', (_req, res) => void res.send('x'))
    app.get('/json', (_req, res) => void res.json({ a: 1 }))
    app.get('/status', (_req, res) => void res.sendStatus(404))
    app.get('/redirect', (_req, res) => res.redirect('/x'))
    app.get('/clear', (_req, res) => void res.clearCookie('a').end())
    app.get('/attachment', (_req, res) => void res.attachment('a.txt').end())
    app.get('/links', (_req, res) => void res.links({ next: '/' }).end())
    return app
  },
  ['/send', '/json', '/status', '/redirect', '/clear', '/attachment', '/links'].map((target) => get(target)),
)

scenario(
  'patched res.get and res.set of one response are used by its helpers',
  ({ express }) => {
    const app = express()
    app.use((_req, res, next) => {
      const original = res.set
      res.set = function set(this: Response, ...args: unknown[]) {
        if (args[0] === 'Content-Type') args[1] = 'application/x-patched'
        return Reflect.apply(original, this, args)
      } as never
      next()
    })
    app.get('/json', (_req, res) => void res.json({ a: 1 }))
    app.get('/text', (_req, res) => void res.send('x'))
    return app
  },
  [get('/json'), get('/text')],
)

scenario(
  'express.request getters and methods patched',
  ({ express, patch }) => {
    const app = express()
    const original = express.request.get as (this: Request, name: string) => string | undefined
    patch(express.request, 'get', function get(this: Request, name: string) {
      return name.toLowerCase() === 'x-requested-with' ? 'XMLHttpRequest' : original.call(this, name)
    })
    app.get('/', (req, res) => void res.json([req.xhr, req.get('Host')]))
    return app
  },
  [get('/')],
)

scenario(
  'express.application patched before an app is made',
  ({ express, patch, note }) => {
    const application = express.application as unknown as Record<string, (...args: unknown[]) => unknown>
    const original = application['use']
    patch(application, 'use', function use(this: unknown, ...args: unknown[]) {
      note('use', args.length)
      return original?.apply(this, args)
    })
    patch(application, 'own', () => 'own method')
    const app = express()
    app.use((_req, res) => void res.send(String((app as unknown as { own(): string }).own())))
    return app
  },
  [get('/')],
)

scenario(
  'Router.prototype patched: handle, use, route and verbs',
  ({ express, patch, note }) => {
    const prototype = (
      express.Router as unknown as { prototype: Record<string, (...args: unknown[]) => unknown> }
    ).prototype
    for (const name of ['use', 'route', 'handle', 'get']) {
      const original = prototype[name]
      patch(prototype, name, function patched(this: unknown, ...args: unknown[]) {
        note(name, args.length)
        return original?.apply(this, args)
      })
    }
    const app = express()
    const router = express.Router()
    router.get('/x', (_req, res) => void res.send('x'))
    app.use('/r', router)
    app.get('/y', (_req, res) => void res.send('y'))
    return app
  },
  [get('/r/x'), get('/y')],
)

scenario(
  'Route.prototype and its verbs patched',
  ({ express, patch, note }) => {
    const Route = Reflect.get(express, 'Route') as {
      prototype: Record<string, (...args: unknown[]) => unknown>
    }
    for (const name of ['get', 'all', 'dispatch']) {
      const original = Route.prototype[name]
      patch(Route.prototype, name, function patched(this: unknown, ...args: unknown[]) {
        note(name, args.length)
        return original?.apply(this, args)
      })
    }
    const app = express()
    app.get('/x', (_req, res) => void res.send('x'))
    app.all('/y', (_req, res) => void res.send('y'))
    return app
  },
  [get('/x')],
)

scenario(
  'app.handle and app.render patched on one app',
  ({ express, note }) => {
    const app = express()
    const inner = app as unknown as { handle(...args: unknown[]): unknown }
    const original = inner.handle
    inner.handle = function handle(this: unknown, ...args: unknown[]) {
      note('handle', args.length)
      return original.apply(this, args)
    }
    app.render = ((name: string, _options: object, done: (error: Error | null, text: string) => void) => {
      done(null, `rendered ${name}`)
    }) as never
    app.get('/', (_req, res) => void res.render('view'))
    return app
  },
  [get('/'), head('/')],
)

scenario(
  'properties added to express.request and express.response are seen everywhere',
  ({ express, patch }) => {
    patch(express.response, 'ok', function ok(this: Response) {
      return this.json({ ok: true })
    })
    patch(express.request, 'shout', function shout(this: Request) {
      return this.url.toUpperCase()
    })
    const app = express()
    app.get('/ok', (_req, res) => void (res as unknown as { ok(): void }).ok())
    app.get('/shout', (req, res) => void res.send((req as unknown as { shout(): string }).shout()))
    return app
  },
  [get('/ok'), get('/shout'), send({ method: 'OPTIONS', target: '/ok' })],
)
