import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { editDistance } from '#dist/routes/edit-distance.js'
import { explain } from '#dist/routes/explain.js'
import { formatExplanation } from '#dist/routes/format-explanation.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'

const answer = (_req: unknown, res: any) => res.end()

for (const { name: framework, framework: express } of FRAMEWORKS) {
  /** What is said of the nearest routes: what differs, and what to ask instead. */
  const near = (app: unknown, method: string, url: string) =>
    explain(app as never, method, url).nearest.map(
      (one) =>
        `${one.differs.join('+')}: ${one.text}: ${one.instead === null ? one.pattern : `${one.method} ${one.instead}`}`,
    )

  const shop = () => {
    const app = express() as any
    const api = express.Router()
    app.use('/api', api)
    api.get('/users/:id', answer)
    api.post('/users', answer)
    api.get('/users/:id/orders/:order', answer)
    app.get('/files/*path', answer)
    app.get('/health', answer)
    app.use((_req: unknown, res: any) => res.status(404).end())
    return app
  }

  test(`${framework}: a route that no request comes to, since it would be percent-encoded, is not proposed`, () => {
    const app = express() as any
    app.get('/café', answer)
    app.get('/caf%C3%A9s', answer)
    assert.deepEqual(near(app, 'GET', '/cafe'), [])
    assert.deepEqual(near(app, 'GET', '/cafés'), [])
    assert.equal(explain(app, 'GET', '/cafés').end.by, 'handler')
  })

  for (const [what, method, url, said] of [
    ['the method', 'PUT', '/api/users/7', 'method: takes GET, not PUT: GET /api/users/7'],
    ['a typing error', 'GET', '/api/usres/7', 'typo: says users, not usres: GET /api/users/7'],
    ['a letter too few', 'GET', '/helth?x=1', 'typo: says health, not helth: GET /health?x=1'],
    ['the prefix of a mount', 'GET', '/users/7', 'mount-prefix: is behind /api: GET /api/users/7'],
    ['a prefix too many', 'GET', '/v1/api/users/7', 'mount-prefix: is not behind /v1: GET /api/users/7'],
    ['a segment too many', 'GET', '/health/x', 'segment: has no x behind /health: GET /health'],
    [
      'a segment too few',
      'GET',
      '/api/users/7/orders',
      'segment: has :order behind /api/users/7/orders: /api/users/:id/orders/:order',
    ],
    [
      'a prefix and a typing error',
      'GET',
      '/user/7',
      'mount-prefix+typo: is behind /api; says users, not user: GET /api/users/7',
    ],
    ['a letter too few at the end', 'POST', '/api/user', 'typo: says users, not user: POST /api/users'],
  ] as const) {
    test(`${framework}: the nearest route is told by ${what}`, () => {
      assert.equal(near(shop(), method, url)[0], said)
    })
  }

  test(`${framework}: a slash at the end is told where routing is strict`, () => {
    const app = express() as any
    app.enable('strict routing')
    app.get('/users', answer)
    app.get('/orders/', answer)
    assert.deepEqual(near(app, 'GET', '/users/'), ['trailing-slash: has no slash at its end: GET /users'])
    assert.deepEqual(near(app, 'GET', '/orders'), ['trailing-slash: has a slash at its end: GET /orders/'])
    assert.deepEqual(near(app, 'GET', '/ordesr?x'), [
      'typo+trailing-slash: says orders, not ordesr; has a slash at its end: GET /orders/?x',
    ])
  })

  test(`${framework}: case is told where it matters, and only there`, () => {
    const app = express() as any
    app.enable('case sensitive routing')
    app.get('/Users/list', answer)
    assert.deepEqual(near(app, 'GET', '/users/list'), ['case: spells Users, not users: GET /Users/list'])
    assert.deepEqual(near(app, 'GET', '/users/lits'), [
      'case+typo: spells Users, not users; says list, not lits: GET /Users/list',
    ])
    const careless = express() as any
    careless.get('/Users/list', answer)
    assert.deepEqual(near(careless, 'GET', '/users/lits'), ['typo: says list, not lits: GET /Users/list'])
  })

  test(`${framework}: what has nothing in common is not near, and what a route takes needs none`, () => {
    assert.deepEqual(near(shop(), 'GET', '/wp-login.php'), [])
    assert.deepEqual(near(shop(), 'GET', '/'), [])
    assert.deepEqual(near(shop(), 'GET', '/api/users/7'), [])
    assert.deepEqual(near(shop(), 'GET', `/${'a/'.repeat(5000)}`), [])
  })

  test(`${framework}: the way that is shown is one that comes to the route`, () => {
    const app = express() as any
    // The text of the pattern fits, and the pattern does not.
    app.get(/^\/users\/\d+$/, answer)
    app.get('/:a-:b/x', answer)
    app.get('/items{/:id}', answer)
    assert.deepEqual(near(app, 'GET', '/users/x'), [])
    assert.deepEqual(near(app, 'GET', '/itmes/7'), ['typo: says items, not itmes: GET /items/7'])
    assert.deepEqual(near(app, 'GET', '/itmes'), ['typo: says items, not itmes: GET /items'])
  })

  test(`${framework}: no more than five are told of thousands, the nearest first`, () => {
    const app = express() as any
    for (let i = 0; i < 3000; i++) app.get(`/things${i}/:id`, answer)
    const { nearest } = explain(app, 'GET', '/thigns1234/7')
    assert.equal(nearest.length, 5)
    assert.equal(nearest[0]?.instead, '/things1234/7')
    assert.match(
      formatExplanation(explain(app, 'GET', '/thigns1234/7')),
      /Nearest:\n {2}GET \/things1234\/:id.*try GET/,
    )
  })

  test(`${framework}: whatever the path is, the way that is shown is taken by the route that is named`, () => {
    const app = shop()
    const segment = fc.constantFrom(
      'api',
      'users',
      'user',
      'usres',
      'orders',
      'order',
      'health',
      'files',
      '7',
      'API',
      '%E0',
      '',
    )
    const path = fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join('/')}`)
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'HEAD')
    fc.assert(
      fc.property(method, path, (one, url) => {
        for (const { method, instead, pattern } of explain(app, one, url).nearest) {
          if (instead === null) continue
          const { end } = explain(app, method, instead)
          assert.equal(end.layer?.pattern, pattern)
        }
      }),
    )
  })
}

/** The slow and obvious one: all ways to get from one text to the other. */
function slowDistance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length
  const change = a[0] === b[0] ? 0 : 1
  const ways = [
    slowDistance(a.slice(1), b) + 1,
    slowDistance(a, b.slice(1)) + 1,
    slowDistance(a.slice(1), b.slice(1)) + change,
  ]
  if (a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0])
    ways.push(slowDistance(a.slice(2), b.slice(2)) + 1)
  return Math.min(...ways)
}

test('the distance of two words is that of the obvious way to count it', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 })
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 4 }), (a, b, limit) => {
      assert.equal(editDistance(a, b, limit), Math.min(slowDistance(a, b), limit + 1))
    }),
  )
})
