import { fileURLToPath } from 'node:url'
import type { Finding } from '#dist/types/finding.js'
import type { LayerKind, LayerNode } from '#dist/types/layer-tree.js'
import type { Place } from '#dist/types/place.js'
import type { Explained, ExplainedLayer } from '#dist/inspector/source.js'

/*
 * A small application as the rest of the package would describe it: its layers, what the audit says, and how a request
 * is explained. Its sources stand in fixtures/, where the inspector reads lines of them.
 */

export const ROOT = fileURLToPath(new URL('../../../test/inspector/fixtures/bookshop', import.meta.url))

export function at(file: string, line: number, column: number): Place {
  return { file: `${ROOT}/src/${file}`, line, column }
}

interface Parts {
  readonly path?: string
  readonly full?: string
  readonly methods?: string[]
  readonly defined?: Place | null
  readonly registered?: Place | null
  readonly children?: LayerNode[]
}

function node(kind: LayerKind, name: string, parts: Parts = {}): LayerNode {
  const { path = '/', full = path, methods = [], defined = null, registered = null, children = [] } = parts
  return {
    kind,
    name,
    paths: [path],
    fullPaths: [full],
    methods,
    handler: kind === 'route' ? null : (): void => {},
    layer: {},
    owner: (): void => {},
    definedAt: defined,
    registeredAt: registered,
    children,
    isCyclic: false,
  }
}

function route(
  method: string,
  path: string,
  full: string,
  registered: Place,
  handlers: [string, Place][],
): LayerNode {
  const children = handlers.map(([name, defined]) =>
    node('handler', name, { path, full, methods: [method], defined, registered }),
  )
  return node('route', full, { path, full, methods: [method], registered, children })
}

const PARSER: Place = { file: '/srv/node_modules/nozomi/dist/body/json.js', line: 31, column: 3 }

export const LAYERS: readonly LayerNode[] = [
  node('middleware', 'requestLog', {
    defined: at('middleware/request-log.js', 1, 8),
    registered: at('app.js', 9, 5),
  }),
  node('middleware', 'openSession', {
    defined: at('middleware/session.js', 3, 8),
    registered: at('app.js', 10, 5),
  }),
  node('router', 'catalogue', {
    path: '/api/catalogue',
    registered: at('app.js', 11, 5),
    children: [
      route('GET', '/', '/api/catalogue', at('routes/catalogue.js', 6, 11), [
        ['listBooks', at('routes/catalogue.js', 6, 20)],
      ]),
      route('GET', '/:isbn', '/api/catalogue/:isbn', at('routes/catalogue.js', 10, 11), [
        ['showBook', at('routes/catalogue.js', 10, 25)],
      ]),
      route('GET', '/:isbn/cover', '/api/catalogue/:isbn/cover', at('routes/catalogue.js', 15, 11), [
        ['sendCover', at('routes/catalogue.js', 15, 31)],
      ]),
    ],
  }),
  node('router', 'orders', {
    path: '/api/orders',
    registered: at('app.js', 12, 5),
    children: [
      node('middleware', 'mustBeSignedIn', {
        full: '/api/orders',
        defined: at('routes/orders.js', 7, 12),
        registered: at('routes/orders.js', 7, 8),
      }),
      route('GET', '/:id', '/api/orders/:id', at('routes/orders.js', 12, 8), [
        ['showOrder', at('routes/orders.js', 12, 20)],
      ]),
      route('POST', '/', '/api/orders', at('routes/orders.js', 17, 8), [
        ['placeOrder', at('routes/orders.js', 17, 18)],
      ]),
    ],
  }),
  node('middleware', 'jsonParser', { defined: PARSER, registered: at('app.js', 13, 5) }),
  route('POST', '/api/reviews', '/api/reviews', at('app.js', 14, 5), [['saveReview', at('app.js', 14, 26)]]),
  route('GET', '/api/orders/:id', '/api/orders/:id', at('app.js', 17, 5), [
    ['shadowed', at('app.js', 17, 28)],
  ]),
  node('middleware', 'notFound', { defined: at('app.js', 20, 9), registered: at('app.js', 20, 5) }),
  node('error-handler', 'problem', { defined: at('app.js', 23, 9), registered: at('app.js', 23, 5) }),
]

export const FINDINGS: readonly Finding[] = [
  {
    rule: 'body-parser-after-route',
    severity: 'error',
    what: 'jsonParser is used after POST /api/orders, whose handler placeOrder reads req.body.',
    why: 'Layers run in the order they were added: req.body is undefined there.',
    mend: "Move app.use(nozomi.json()) above app.use('/api/orders', orders).",
    place: at('app.js', 13, 5),
  },
  {
    rule: 'route-shadowed',
    severity: 'warning',
    what: 'GET /api/orders/:id is never reached: GET /api/orders/:id at src/routes/orders.js:12 answers first.',
    why: 'The first route that matches and answers is the only one that runs.',
    mend: 'Remove one of the two, or let the first call next().',
    place: at('app.js', 17, 5),
  },
  {
    rule: 'no-rate-limit',
    severity: 'advice',
    what: 'No middleware limits how often a client may ask.',
    why: 'One client can use the whole capacity of the process.',
    mend: 'Add express-rate-limit before the routes.',
    place: null,
  },
]

function layer(
  name: string,
  kind: string,
  pattern: string,
  verdict: ExplainedLayer['verdict'],
  why: string,
  more: Partial<ExplainedLayer> = {},
): ExplainedLayer {
  return { name, kind, pattern, methods: [], depth: 0, verdict, why, params: {}, place: null, ...more }
}

const BEFORE = [
  layer('requestLog', 'middleware', '/', 'runs', 'is for every path', { place: at('app.js', 9, 5) }),
  layer('openSession', 'middleware', '/', 'runs', 'is for every path', { place: at('app.js', 10, 5) }),
  layer('catalogue', 'router', '/api/catalogue', 'skipped', 'the path does not begin with /api/catalogue', {
    place: at('app.js', 11, 5),
  }),
]

export function explain(method: string, url: string): Explained {
  return /^\/api\/orders\/\w+$/.test(url) && method === 'GET' ? answered(method, url) : lost(method, url)
}

function answered(method: string, url: string): Explained {
  const answerer = layer(
    'showOrder',
    'handler',
    '/api/orders/:id',
    'runs',
    'is the last handler of the route',
    {
      depth: 2,
      methods: ['GET'],
      params: { id: url.slice('/api/orders/'.length) },
      place: at('routes/orders.js', 12, 20),
    },
  )
  return {
    method,
    url,
    end: {
      status: null,
      layer: answerer,
      text: 'showOrder of /api/orders/:id answers, if each of the 3 before it calls next',
    },
    nearest: [],
    layers: [
      ...BEFORE,
      layer('orders', 'router', '/api/orders', 'runs', 'the path begins with /api/orders', {
        place: at('app.js', 12, 5),
      }),
      layer('mustBeSignedIn', 'middleware', '/api/orders', 'runs', 'is for every path', {
        depth: 1,
        place: at('routes/orders.js', 7, 8),
      }),
      layer('/:id', 'route', '/api/orders/:id', 'runs', 'the path and the method match', {
        depth: 1,
        methods: ['GET'],
        place: at('routes/orders.js', 12, 8),
      }),
      answerer,
      layer('notFound', 'middleware', '/', 'unreached', 'showOrder answers before', {
        place: at('app.js', 20, 5),
      }),
    ],
  }
}

function lost(method: string, url: string): Explained {
  return {
    method,
    url,
    end: { status: 404, layer: null, text: `no route takes ${method}, and the application answers 404` },
    nearest: [
      {
        method: 'GET',
        pattern: '/api/orders/:id',
        text: 'the method: this route is for GET',
        instead: '/api/orders/42',
        place: at('routes/orders.js', 12, 8),
      },
      {
        method: 'POST',
        pattern: '/api/orders',
        text: 'one segment more than the route has',
        instead: null,
        place: at('routes/orders.js', 17, 8),
      },
    ],
    layers: BEFORE,
  }
}
