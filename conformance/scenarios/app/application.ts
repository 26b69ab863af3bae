import { type EventEmitter, once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe } from '../../harness/describe.js'
import { get } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'

const scenario = area('app/application')

type Statics = Record<string, unknown>

scenario(
  'the factory has the statics that code and agents look for',
  ({ express, note }) => {
    const names = [
      'application',
      'request',
      'response',
      'Route',
      'Router',
      'json',
      'raw',
      'static',
      'text',
      'urlencoded',
    ]
    const statics = express as unknown as Statics
    for (const name of names) note(name, typeof statics[name])
    note('arity', [express.length, express.Router.length, express.static.length])
    note('names of middleware', [express.json().name, express.raw().name, express.text().name])
    note('names of middleware', [express.urlencoded().name, express.static('/').name])
    note(
      'Route of the router',
      (express.Router as unknown as Statics)['Route'] === (express as unknown as Statics)['Route'],
    )
  },
  [],
)

scenario(
  'an app is a function of (req, res, next) and an event emitter',
  ({ express, note }) => {
    const app = express()
    note('type', [typeof app, app.length])
    note(
      'emitter',
      ['on', 'once', 'emit', 'removeListener'].map((name) => typeof Reflect.get(app, name)),
    )
    const emitter = app as unknown as EventEmitter
    emitter.on('custom', (value) => note('heard', value))
    note('emit', emitter.emit('custom', 7))
    note('request', Object.getPrototypeOf(app.request) === express.request)
    note('response', Object.getPrototypeOf(app.response) === express.response)
    note('app of the prototypes', [app.request.app === app, app.response.app === app])
    note(
      'every verb',
      ['get', 'post', 'm-search', 'query', 'all', 'propfind'].map((verb) => typeof Reflect.get(app, verb)),
    )
  },
  [],
)

scenario(
  'the app calls next when it was given one and nothing answers',
  ({ express, note }) => {
    const app = express()
    app.get('/boom', () => {
      throw new Error('boom')
    })
    return (req, res) => {
      app(req as never, res as never, (error?: unknown) => {
        note('next', error)
        res.end('handled outside')
      })
    }
  },
  [get('/none'), get('/boom')],
)

scenario(
  'a router alone serves node:http',
  ({ express }) => {
    const router = express.Router()
    router.get('/:id', (req, res) => {
      res.statusCode = 201
      ;(res as import('node:http').ServerResponse).end(`plain ${req.params.id}`)
    })
    return (req, res) => {
      router(req as never, res as never, (error?: unknown) => {
        res.statusCode = 404
        res.end(`out ${describe(error)}`)
      })
    }
  },
  [get('/7'), get('/7/8'), get('/%zz')],
)

scenario(
  'listen gives the server, and calls back when it listens',
  async ({ express, note }) => {
    const app = express()
    const server = app.listen(0, '127.0.0.1', (...values: unknown[]) => note('called back', values))
    await once(server, 'listening')
    const { address, port } = server.address() as AddressInfo
    note('address', [address, port > 0])
    note('an http.Server', server instanceof createServer().constructor)
    server.close()
    await once(server, 'close')
  },
  [],
)

scenario(
  'listen takes all forms of node: an object, a port and a callback, nothing',
  async ({ express, note }) => {
    const app = express()
    const forms: [string, (called: () => void) => import('node:http').Server][] = [
      ['an object', (called) => app.listen({ port: 0, host: '127.0.0.1' } as never, called)],
      ['a port', (called) => app.listen(0, called)],
      ['a port as a string', (called) => app.listen('0' as never, called)],
      ['a callback alone', (called) => app.listen(called)],
      ['port, host, backlog', (called) => app.listen(0, '127.0.0.1', 5, called)],
    ]
    for (const [form, listen] of forms) {
      const server = listen(() => note(form, 'called back'))
      await once(server, 'listening')
      server.close()
      await once(server, 'close')
    }
  },
  [],
)

scenario(
  'a listen error reaches the callback, once',
  async ({ express, note }) => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    let calls = 0
    await new Promise<void>((resolve) => {
      express().listen(port, '127.0.0.1', (error?: Error) => {
        calls++
        note('error', (error as NodeJS.ErrnoException | undefined)?.code)
        resolve()
      })
    })
    note('calls', calls)
    taken.close()
    await once(taken, 'close')
  },
  [],
)

scenario(
  'req and res know each other and the app; next and route stand on req',
  ({ express, note }) => {
    const app = express()
    app.get('/users/:id', (req, res, next) => {
      note('circle', [req.res === res, res.req === req, req.app === app, res.app === app])
      note('next', [typeof req.next, req.next === next])
      note('route', [req.route.path, Object.keys(req.route.methods)])
      note('method', req.method)
      res.end()
    })
    return app
  },
  [get('/users/1')],
)

scenario(
  'req and res are what node calls them',
  ({ express, note }) => {
    const app = express()
    app.use((req, res) => {
      note('is an express.request', Object.prototype.isPrototypeOf.call(express.request, req))
      note('is an express.response', Object.prototype.isPrototypeOf.call(express.response, res))
      note('is an app.request', Object.prototype.isPrototypeOf.call(app.request, req))
      note('headers', req.headers)
      note('rawHeaders', req.rawHeaders)
      note('httpVersion', [req.httpVersion, req.httpVersionMajor, req.httpVersionMinor])
      note('complete', req.complete)
      note('res', [res.statusCode, res.statusMessage, res.headersSent, res.writableEnded, res.sendDate])
      note('getHeaders', res.getHeaders())
      note('getHeaderNames', [res.getHeaderNames(), res.hasHeader('x-powered-by')])
      res.end()
    })
    return app
  },
  [
    get('/', [
      ['X-One', '1'],
      ['x-one', '2'],
      ['Accept', '*/*'],
      ['Cookie', 'a=1'],
      ['cookie', 'b=2'],
    ]),
  ],
)

scenario(
  'properties that an application sets on req and res live as long as the request',
  ({ express }) => {
    const app = express()
    app.use((req, res, next) => {
      Object.assign(req, { user: (req as { user?: string }).user ?? 'first' })
      Object.assign(res, { begun: true })
      next()
    })
    app.use((req, res) => {
      const seen = Object.keys(req).includes('user') && Object.keys(res).includes('begun')
      res.json({ seen, user: (req as { user?: string }).user })
    })
    return app
  },
  [get('/'), get('/')],
)
