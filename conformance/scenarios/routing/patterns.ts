import { attempt } from '../../harness/describe.js'
import { get } from '../../harness/exchange.js'
import { answerRouting } from '../../harness/handlers.js'
import { refusedFragments } from '../../harness/refused.js'
import { area } from '../../harness/scenario.js'

const scenario = area('routing/patterns')

/** One app for each pattern, so that only that pattern can answer. */
function tryPattern(title: string, pattern: string | string[], targets: string[]): void {
  scenario(
    title,
    ({ express }) => {
      const app = express()
      app.get(pattern as string, answerRouting)
      return app
    },
    targets.map((target) => get(target)),
    { refusedByTurbo: refusedFragments(targets) },
  )
}

tryPattern('a static path, with or without its trailing slash, in any case', '/users/list', [
  '/users/list',
  '/users/list/',
  '/USERS/List',
  '/users/list//',
  '/users/list/x',
  '/users//list',
  '/users/list?x=/y',
  '/users/lis%74',
])

tryPattern('params take one segment, decoded', '/users/:id/pets/:pet', [
  '/users/1/pets/rex',
  '/users/a%20b/pets/%C3%BC',
  '/users/a%2Fb/pets/x',
  '/users//pets/x',
  '/users/1/pets/',
  '/users/1/pets/rex/more',
  '/users/:id/pets/:pet',
])

tryPattern('params beside text within a segment', '/files/:name.:ext', [
  '/files/a.txt',
  '/files/a.b.txt',
  '/files/.txt',
  '/files/a.',
  '/files/a',
])

tryPattern('params separated by a dash', '/flights/:from-:to', [
  '/flights/LAX-SFO',
  '/flights/a-b-c',
  '/flights/-',
  '/flights/LAX',
])

tryPattern('an optional group', '/docs{/:version}/index', [
  '/docs/index',
  '/docs/v1/index',
  '/docs/v1/v2/index',
  '/docs//index',
])

tryPattern('an optional extension', '/report{.:format}', [
  '/report',
  '/report.pdf',
  '/report.',
  '/report.tar.gz',
])

tryPattern('nested optional groups', '/a{/:b{/:c}}', ['/a', '/a/1', '/a/1/2', '/a/1/2/3', '/a/'])

tryPattern('a wildcard takes the rest as an array of decoded segments', '/files/*path', [
  '/files/a',
  '/files/a/b/c.txt',
  '/files/a%2Fb/c',
  '/files/',
  '/files',
  '/files//x',
  '/files/a/',
])

tryPattern('an optional wildcard', '/files{/*path}', ['/files', '/files/', '/files/a/b'])

tryPattern('a wildcard in the middle', '/a/*mid/z', ['/a/b/z', '/a/b/c/z', '/a/z', '/a/z/z'])

tryPattern('escaped characters are text', '/a\\:b/\\*/\\{x\\}', ['/a:b/*/{x}', '/a%3Ab/*/{x}', '/azb/q/x'])

tryPattern('quoted and unusual param names', '/:"with-dash"/:_under/:$dollar/:ünï', ['/1/2/3/4'])

tryPattern(
  'an array of patterns answers with the params of the one that matches',
  ['/a/:x', '/b/:y', '/:z'],
  ['/a/1', '/b/2', '/c', '/c/d'],
)

tryPattern('the root', '/', ['/', '//', '/x', '/?x', '/#frag'])

tryPattern('the empty pattern', '', ['/', '/x'])

tryPattern('a pattern with non-ASCII text', '/grüße', ['/gr%C3%BC%C3%9Fe', '/gr%c3%bc%c3%9fe'])

tryPattern('a pattern with percent-encoded text', '/a%20b', ['/a%20b', '/a b', '/a+b'])

tryPattern('params named as members of Object.prototype', '/:constructor/:toString/:__proto__', ['/a/b/c'])

tryPattern('encoded characters in params: kept, decoded, refused', '/:value', [
  '/%41',
  '/%e4%bd%a0',
  '/a+b',
  '/%25',
  '/%2',
  '/%zz',
  '/%E0%A4%A',
  '/%ff',
  '/a;b=c',
  '/a=b&c',
  "/it's",
  '/%00',
])

scenario(
  'malformed patterns are refused when they are registered',
  ({ express, note }) => {
    const patterns = ['/a{', '/a}', '/[a]', '/{:a}b}', '/{', '/:id{', '/x}', '/a[b]c']
    for (const pattern of patterns) {
      const router = express.Router()
      note(
        pattern,
        attempt(() => typeof router.get(pattern, answerRouting)),
      )
    }
  },
  [],
)

scenario(
  'paths that are no string, pattern or array',
  ({ express, note }) => {
    for (const path of [undefined, null, 0, 42, {}, true]) {
      const app = express()
      note(
        String(path),
        attempt(() => typeof app.get(path as never, answerRouting)),
      )
    }
    note(
      'no handler',
      attempt(() => express().post('/x')),
    )
    note(
      'a handler that is none',
      attempt(() => express().get('/x', 'text' as never)),
    )
    note(
      'undefined',
      attempt(() => express().get('/x', undefined as never)),
    )
    note(
      'one of an array',
      attempt(() => express().put('/x', [answerRouting, null] as never)),
    )
    note(
      'all without handler',
      attempt(() => express().all('/x')),
    )
    note(
      'route without handler',
      attempt(() => express().route('/x').delete()),
    )
  },
  [],
)

scenario(
  'a number as a path is read as its text, which no path begins with',
  ({ express }) => {
    const app = express()
    app.use(42 as never, answerRouting)
    return app
  },
  [get('/42'), get('/')],
)

scenario(
  'the first route that matches answers, in order of registration',
  ({ express }) => {
    const app = express()
    app.get('/users/:id', (req, res, next) => {
      if (req.params.id === 'me') next()
      else res.send(`param ${req.params.id}`)
    })
    app.get('/users/me', (_req, res) => {
      res.send('static')
    })
    app.get('/*rest', (req, res) => {
      res.json(req.params)
    })
    app.all('/users/:id', (_req, res) => {
      res.send('all')
    })
    return app
  },
  [get('/users/1'), get('/users/me'), get('/users/1/2'), get('/')],
)
