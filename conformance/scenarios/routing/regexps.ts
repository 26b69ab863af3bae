import { get } from '../../harness/exchange.js'
import { answerRouting } from '../../harness/handlers.js'
import { area } from '../../harness/scenario.js'

const scenario = area('routing/regexps')

function tryRegexp(title: string, pattern: RegExp | (RegExp | string)[], targets: string[]): void {
  scenario(
    title,
    ({ express }) => {
      const app = express()
      app.get(pattern as RegExp, answerRouting)
      app.use(pattern as RegExp, (req, res) => {
        res.json({ used: req.params, url: req.url, baseUrl: req.baseUrl })
      })
      return app
    },
    targets.map((target) => get(target)),
  )
}

tryRegexp('groups are numbered', /^\/commits\/(\w+)(?:\.\.(\w+))?$/, [
  '/commits/71dbb9c',
  '/commits/71dbb9c..4c084f9',
  '/commits/',
  '/commits/a/b',
])

tryRegexp('named groups are named', /^\/(?<year>\d{4})\/(?<month>\d\d)\/?$/, [
  '/2024/02',
  '/2024/02/',
  '/24/02',
])

tryRegexp('named and numbered groups side by side', /^\/(?<user>[^/]+)\/(\d+)(?:\/([a-z]+))?$/, [
  '/tobi/7',
  '/tobi/7/edit',
  '/to%20bi/7',
])

tryRegexp('a pattern without anchors matches anywhere', /admin/, [
  '/admin',
  '/x/admin/y',
  '/administrator',
  '/ADMIN',
])

tryRegexp('flags of the pattern hold', /^\/CaSe$/i, ['/case', '/CASE', '/case/'])

tryRegexp(
  'an array of regular expressions and strings',
  [/^\/r(\d)$/, '/s/:id', /^\/t(?<name>\w)$/],
  ['/r1', '/s/2', '/tx', '/u'],
)

tryRegexp('groups are decoded, badly encoded ones are refused', /^\/v\/(.*)$/, [
  '/v/a%20b',
  '/v/%zz',
  '/v/a%2Fb',
  '/v/',
])

tryRegexp('lookaheads and escaped parentheses are no groups', /^\/(?!private)(\w+)\\?\(?/, [
  '/public',
  '/private',
])

scenario(
  'a regular expression for use takes its match off the url',
  ({ express }) => {
    const app = express()
    app.use(/^\/v\d+/, answerRouting)
    app.use(/\/tail$/, answerRouting)
    return app
  },
  [get('/v1/users'), get('/v12'), get('/v1x/users'), get('/some/tail'), get('/tail'), get('/v')],
)

scenario(
  'a global or sticky expression keeps its lastIndex between requests',
  ({ express }) => {
    const app = express()
    app.get(/^\/g/g, answerRouting)
    app.get(/^\/y/y, answerRouting)
    return app
  },
  [get('/g'), get('/g'), get('/y'), get('/y')],
)
