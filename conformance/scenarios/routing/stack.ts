import { get, send } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'
import type { ExpressFactory } from '../../harness/subject.js'

const scenario = area('routing/stack')

interface LayerLike {
  name: string
  handle: { name: string; stack?: LayerLike[] }
  method?: string
  route?: { path: unknown; methods: object; stack: LayerLike[] }
  match?(path: string): unknown
}

interface RouterLike {
  stack: LayerLike[]
  listRoutes(): unknown
}

function build(express: ExpressFactory) {
  const app = express()
  const router = express.Router()
  app.use(function logger(_req, _res, next) {
    next()
  })
  app.get('/users/:id', function show(_req, res) {
    res.send('show')
  })
  app
    .route('/things')
    .post(
      function check(_req, _res, next) {
        next()
      },
      (_req, res) => void res.send('made'),
    )
    .all((_req, res) => void res.send('all'))
  router.put('/in/:it', (_req, res) => void res.send('put'))
  app.use('/api', router)
  app.use('/static', express.static('/nowhere'), express.json())
  app.use('/sub', express())
  return app
}

/** What a match holds, in an order of our own. */
function found(match: unknown): unknown {
  if (!match) return match
  return ['path', 'params', 'keys', 'pattern'].map((name) => Reflect.get(match as object, name))
}

function stackOf(router: unknown): LayerLike[] {
  return (router as RouterLike).stack
}

scenario(
  'the stack shows each layer with its name, handle and route, as route listers read it',
  ({ express, note }) => {
    const app = build(express)
    for (const layer of stackOf(app.router)) {
      note(layer.name, {
        handle: layer.handle.name,
        route: layer.route?.path,
        methods: layer.route && { ...layer.route.methods },
        inner: layer.route?.stack.map(({ name, method }) => [name, method]),
        nested: layer.handle.stack?.map(({ name, route }) => [name, route?.path]),
      })
    }
  },
  [],
)

scenario(
  'a layer tells whether it matches, and what it found',
  ({ express, note }) => {
    const layers = stackOf(build(express).router)
    for (const path of ['/', '/users/7', '/api/in/x', '/things/', '/none']) {
      note(
        path,
        layers.map((layer) => found(layer.match?.(path))),
      )
    }
  },
  [],
)

scenario(
  'listRoutes lists paths, methods and routers',
  ({ express, note }) => {
    const app = build(express)
    const routes = (app.router as unknown as RouterLike).listRoutes() as { router?: unknown }[]
    for (const route of routes) note('route', { ...route, router: typeof route.router })
  },
  [],
)

scenario(
  'a layer that is spliced out no longer runs; one that is moved runs where it stands',
  ({ express }) => {
    const app = express()
    app.get('/', (_req, res) => void res.send('first'))
    app.get('/', (_req, res) => void res.send('second'))
    app.post('/remove', (_req, res) => {
      stackOf(app.router).splice(0, 1)
      res.end('removed')
    })
    app.post('/swap', (_req, res) => {
      const stack = stackOf(app.router)
      stack.unshift(...stack.splice(-1))
      res.end('swapped')
    })
    app.use((_req, res) => void res.send('last'))
    return app
  },
  [
    get('/'),
    send({ method: 'POST', target: '/remove' }),
    get('/'),
    send({ method: 'POST', target: '/swap' }),
    get('/'),
  ],
)

scenario(
  'a handle that is replaced in the stack is the one that runs',
  ({ express }) => {
    const app = express()
    app.get('/', function original(_req, res) {
      res.send('original')
    })
    app.use(function middleware(_req, res) {
      res.send('middleware')
    })
    const [route, layer] = stackOf(app.router)
    const inner = route?.route?.stack[0]
    if (inner) inner.handle = (_req: unknown, res: { send(text: string): void }) => res.send('replaced')
    if (layer) layer.handle = (_req: unknown, res: { send(text: string): void }) => res.send('wrapped')
    return app
  },
  [get('/'), get('/x')],
)

scenario(
  'the router of an app is made once, lazily, and carries its own methods',
  ({ express, note }) => {
    const app = express()
    note('same', app.router === app.router)
    note('type', [typeof app.router, app.router.length])
    note('own keys', Object.keys(app.router).toSorted())
    note('instance', (app.router as unknown) instanceof (express.Router as unknown as new () => object))
    const router = express.Router({ caseSensitive: true, mergeParams: true, strict: true })
    note(
      'options',
      ['caseSensitive', 'mergeParams', 'strict'].map((name) => Reflect.get(router, name)),
    )
    note('route gives a Route', router.route('/x').constructor.name)
    note('new', typeof new (express.Router as unknown as new () => unknown)())
  },
  [],
)

scenario(
  'options of a router: caseSensitive and strict',
  ({ express }) => {
    const app = express()
    const kinds = { plain: {}, cased: { caseSensitive: true }, strict: { strict: true } }
    for (const [name, options] of Object.entries(kinds)) {
      const router = express.Router(options)
      router.get('/Path', (_req, res) => void res.send(name))
      router.get('/folder/', (_req, res) => void res.send(`${name} folder`))
      router.use('/Used/', (req, res) => void res.send(`${name} used ${req.url}`))
      app.use(`/${name}`, router)
    }
    return app
  },
  ['plain', 'cased', 'strict'].flatMap((name) =>
    ['/Path', '/path', '/Path/', '/folder', '/folder/', '/used/x', '/Used'].map((path) =>
      get(`/${name}${path}`),
    ),
  ),
)
