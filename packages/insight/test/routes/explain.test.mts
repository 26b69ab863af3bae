import assert from 'node:assert/strict'
import test from 'node:test'
import { explain } from '#dist/routes/explain.js'
import { formatExplanation } from '#dist/routes/format-explanation.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'

type Explanation = ReturnType<typeof explain>

const named = (name: string) =>
  Object.defineProperty((_req: unknown, _res: unknown, next: () => void) => next(), 'name', { value: name })
const answer = (_req: unknown, res: any) => res.end()

function refuseToSay(): never {
  throw new Error('nobody is to look at this')
}

/** Each layer as a line: verdict, name, and why. */
const outline = ({ layers }: Explanation) =>
  layers.map(({ verdict, name, why }) => `${verdict} ${name}${why === '' ? '' : `: ${why}`}`)

for (const { name: framework, framework: express } of FRAMEWORKS) {
  const makeApp = () => express() as any

  test(`${framework}: it is said of each layer whether it runs and why not, and where the request ends`, () => {
    const app = makeApp()
    const api = express.Router()
    app.use(named('logger'))
    app.use('/admin', named('admin'))
    app.use('/api', api)
    api.post('/users/:id', named('update'))
    api.get('/users/:id', named('check'), named('show'))
    app.use(named('late'))
    app.use(function failed(_error: unknown, _req: unknown, _res: unknown, _next: unknown) {})
    const explanation = explain(app, 'get', '/api/users/a%20b?x=1')
    assert.deepEqual(outline(explanation), [
      'runs logger',
      'skipped admin: the path /api/users/a%20b does not match',
      'runs router',
      'skipped /users/:id: the path matches, but it takes POST',
      'runs /users/:id',
      'runs check',
      'runs show',
      'unreached late: only if show calls next',
      'skipped failed: an error handler, and there is no error',
    ])
    assert.equal(
      explanation.end.text,
      'show of /api/users/:id answers, if each of the 2 before it calls next',
    )
    assert.equal(explanation.end.by, 'handler')
    assert.deepEqual({ ...explanation.params }, { id: 'a b' })
    const show = explanation.layers[6]
    assert.deepEqual([show?.url, show?.baseUrl], ['/users/a%20b?x=1', '/api'])
    assert.deepEqual(explanation.nearest, [])
    assert.equal(explanation.method, 'GET')
  })

  test(`${framework}: a function without next ends the request, and its wrapped form may not`, () => {
    const app = makeApp()
    app.use((...args: unknown[]) => (args[2] as () => void)())
    app.use(function notFound(_req: unknown, res: any) {
      res.end()
    }) // prettier-ignore
    app.get('/x', answer)
    const explanation = explain(app, 'GET', '/x')
    assert.deepEqual(outline(explanation), [
      'runs <anonymous>',
      'runs notFound',
      'unreached /x: only if notFound calls next',
      'unreached answer: only if notFound calls next',
    ])
    assert.equal(explanation.end.text, 'notFound answers, since it takes no next, if <anonymous> calls next')
  })

  test(`${framework}: a guard for every method gives the request on`, () => {
    const app = makeApp()
    app.all('/admin/*path', named('guard'))
    app.get('/admin/users', named('list'))
    assert.equal(explain(app, 'GET', '/admin/users').end.layer?.name, 'list')
    assert.equal(explain(app, 'GET', '/admin/nothing').end.by, 'not-found')
  })

  test(`${framework}: where others are refused, the handler of the method answers`, () => {
    const app = makeApp()
    const only = (_req: unknown, res: any) => res.status(405).end()
    app.route('/users').all(named('check')).get(named('list')).all(only)
    assert.equal(explain(app, 'GET', '/users').end.layer?.name, 'list')
    assert.equal(explain(app, 'PUT', '/users').end.layer?.name, 'only')
  })

  test(`${framework}: a parameter that can't be decoded is an error of status 400, which error handlers get`, () => {
    const app = makeApp()
    app.get('/users/:id', answer)
    app.use(named('middle'))
    const text = "nobody handles the error, and the application answers 400: Failed to decode param '%E0'"
    const { end } = explain(app, 'GET', '/users/%E0')
    assert.deepEqual({ ...end }, { by: 'error', status: 400, layer: null, text })
    app.use(function failed(_error: unknown, _req: unknown, _res: unknown, _next: unknown) {})
    const handled = explain(app, 'GET', '/users/%E0')
    assert.deepEqual(outline(handled), [
      "skipped /users/:id: the request fails here: Failed to decode param '%E0'",
      'skipped middle: only error handlers run while an error is on its way',
      'runs failed: gets the error',
    ])
    assert.equal(handled.end.text, 'failed gets the error and answers')
  })

  test(`${framework}: OPTIONS is answered by the router that knows the path, and nothing runs behind it`, () => {
    const app = makeApp()
    const api = express.Router()
    app.use('/api', api)
    api.get('/users', answer)
    api.post('/users', answer)
    app.use(named('late'))
    const explanation = explain(app, 'OPTIONS', '/api/users')
    assert.equal(
      explanation.end.text,
      'the router at /api answers OPTIONS by itself, with Allow: GET, HEAD, POST',
    )
    assert.equal(explanation.layers.at(-1)?.reason, 'answered')
    assert.equal(explanation.end.status, 200)
  })

  test(`${framework}: HEAD is taken by GET, and enters a route without it for nothing`, () => {
    const app = makeApp()
    app.get('/get', answer)
    app.post('/post', answer)
    assert.equal(explain(app, 'HEAD', '/get').end.by, 'handler')
    const explanation = explain(app, 'HEAD', '/post')
    assert.equal(explanation.end.status, 404)
    assert.equal(explanation.layers[1]?.why, 'the path matches, but it takes POST, and HEAD needs GET')
  })

  test(`${framework}: of files it is said that they answer when they are there`, () => {
    const app = makeApp()
    app.use(express.static('.'))
    assert.deepEqual(outline(explain(app, 'GET', '/x')), [
      'runs serveStatic: answers when there is such a file',
    ])
  })

  test(`${framework}: callbacks of parameters run once for a value`, () => {
    const app = makeApp()
    app.param('id', named('load'))
    app.use('/users/:id', named('one'))
    app.get('/users/:id', named('two'))
    assert.deepEqual(outline(explain(app, 'GET', '/users/7')), [
      'runs load',
      'runs one',
      'runs /users/:id',
      'runs two',
    ])
  })

  test(`${framework}: a pattern that ends within a segment does not mount`, () => {
    const app = makeApp()
    app.use(/^\/a/, named('part'))
    assert.deepEqual(outline(explain(app, 'GET', '/ab')), ['skipped part: /a ends within a segment of /ab'])
    assert.deepEqual(outline(explain(app, 'GET', '/a/b')), ['runs part'])
  })

  test(`${framework}: a router in itself is gone through as often as the path says, and not for ever`, () => {
    const app = makeApp()
    const router = express.Router()
    app.use('/a', router)
    router.use('/a', router)
    router.get('/end', named('end'))
    assert.equal(explain(app, 'GET', '/a/a/a/end').end.layer?.name, 'end')
    const endless = express.Router()
    endless.use(endless)
    assert.equal(explain(endless, 'GET', '/').end.by, 'endless')
  })

  test(`${framework}: what is no layer makes the request fail, and is no error of the explanation`, () => {
    const revoked = Proxy.revocable({}, {})
    revoked.revoke()
    const refusing = new Proxy({ handle: named('refusing') }, { get: refuseToSay })
    const hiding = Object.defineProperty({ handle: named('hiding') }, 'rawPath', { get: refuseToSay })
    for (const junk of [null, 1, {}, { handle: named('fake') }, revoked.proxy, refusing, hiding]) {
      const app = makeApp()
      app.get('/before', answer)
      app.router.stack.push(junk)
      app.get('/x', answer)
      assert.equal(explain(app, 'GET', '/x').end.by, 'error')
      assert.equal(explain(app, 'GET', '/x').end.status, 500)
    }
  })

  test(`${framework}: a match that was replaced is asked, and a route that is a Proxy is followed`, () => {
    const app = makeApp()
    app.get('/x', named('x'))
    app.router.stack[0].match = () => ({ path: '/anything', params: { from: 'outside' }, keys: [] })
    app.use('/proxy', new Proxy(express.Router().get('/y', named('y')), {}))
    assert.deepEqual(explain(app, 'GET', '/anything').params, { from: 'outside' })
    app.router.stack[0].match = () => false
    assert.equal(explain(app, 'GET', '/proxy/y').end.layer?.name, 'y')
  })

  test(`${framework}: nothing that requests see is changed`, () => {
    const app = makeApp()
    const pattern = /^\/(x)/g
    app.get(pattern, answer)
    app.get('/:name', answer)
    const layers = app.router.stack as Record<string, unknown>[]
    layers[1]!['params'] = { before: 1 }
    layers[1]!['path'] = '/before'
    const before = layers.map((layer) => Object.getOwnPropertyDescriptors(layer))
    explain(app, 'GET', '/x')
    explain(app, 'GET', '/%E0')
    assert.deepEqual(
      layers.map((layer) => Object.getOwnPropertyDescriptors(layer)),
      before,
    )
    assert.equal(pattern.lastIndex, 0)
  })

  test(`${framework}: an application without routes answers 404`, () => {
    const { end, layers, nearest } = explain(makeApp(), 'GET', '/')
    assert.equal(end.text, 'no route takes GET, and the application answers 404')
    assert.deepEqual([layers, nearest], [[], []])
  })

  test(`${framework}: the text shows what matters, and everything when it is asked`, () => {
    const app = makeApp()
    for (let i = 0; i < 5; i++) app.get(`/other${i}`, answer)
    app.all('/users/:id', named('guard'))
    app.get('/users/:id', answer)
    app.use(named('late'))
    const text = formatExplanation(explain(app, 'GET', '/users/7'))
    const lines = text.split('\n').map((line) =>
      line
        .replace(/\(?\S*\.test\.m[jt]s:\d+\)?/, '')
        .replace(/(?<=\S) +/g, ' ')
        .trimEnd(),
    )
    assert.deepEqual(lines, [
      'GET /users/7',
      '  - 5 layers for other paths',
      '  > ALL /users/:id {"id":"7"}',
      '    > guard /users/:id',
      '  > GET /users/:id {"id":"7"}',
      '    > answer /users/:id',
      '  . late only if answer calls next',
      '',
      'Ends: answer of /users/:id answers, if guard calls next',
    ])
    assert.match(text, /guard \/users\/:id +\S*explain\.test\.m[jt]s:\d+/)
    assert.ok(formatExplanation(explain(app, 'GET', '/users/7'), { all: true }).includes('/other3'))
  })

  test(`${framework}: control characters of names and URLs do not reach the terminal`, () => {
    const app = makeApp()
    app.use(Object.defineProperty(() => {}, 'name', { value: 'evil\u001B[2J\u202E' }))
    const text = formatExplanation(explain(app, 'GET', '/\u001B[31m'))
    // oxlint-disable-next-line eslint/no-control-regex -- what the test is about
    assert.doesNotMatch(text, /[\u0000-\u0009\u000B-\u001F\u202E]/)
    assert.match(text, /evil\\x1b\[2J\\u\{202e\}/)
  })
}

test('the URL may be a whole one, have a fragment, or letters that a client would encode', () => {
  const app = FRAMEWORKS[0]?.framework() as any
  app.get('/é', answer)
  const urlOf = (url: string) => explain(app, 'GET', url).url
  assert.equal(urlOf('https://example.org:8080/a/b?c=d#e'), '/a/b?c=d')
  assert.equal(urlOf('http://example.org'), '/')
  assert.equal(urlOf('http://example.org?x'), '/?x')
  assert.equal(urlOf('/a b/é\uD800'), '/a%20b/%C3%A9%EF%BF%BD')
  assert.equal(urlOf('/a/../b//c'), '/a/../b//c')
  assert.equal(explain(app, 'OPTIONS', '*').url, '*')
})

test('what is no method and no URL is refused, and it is said what would be right', () => {
  const app = FRAMEWORKS[0]?.framework() as never
  const wrong = explain as (...args: unknown[]) => unknown
  assert.throws(() => wrong(app, '/users', 'GET'), {
    name: 'TypeError',
    message: /method must be one such as 'GET'/,
  })
  assert.throws(() => wrong(app, undefined, '/'), { name: 'TypeError', message: /not undefined/ })
  assert.throws(() => wrong(app, 'GET', 'users'), { name: 'TypeError', message: /must start with a slash/ })
  assert.throws(() => wrong(app, 'GET', 7), { name: 'TypeError', message: /not 7/ })
  assert.throws(() => wrong({}, 'GET', '/'), { name: 'TypeError', message: /app must be an application/ })
})
