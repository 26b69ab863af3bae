import { join } from 'node:path'
import { get } from '../../harness/exchange.js'
import { fixtures } from '../../harness/fixtures.js'
import { answerError } from '../../harness/handlers.js'
import { area } from '../../harness/scenario.js'
import type { Stage } from '../../harness/stage.js'

const scenario = area('held/files')

const root = join(fixtures, 'public')

/** A guard on a folder in front of the files. */
function guarded({ express }: Stage, options: object = {}) {
  const app = express()
  app.use('/admin', (_req, res) => void res.status(401).send('guarded'))
  app.use(express.static(root, options))
  app.use((_req, res) => void res.status(404).send('no such file'))
  return app
}

const disguises = [
  '//admin/secret.txt',
  '/admin%2fsecret.txt',
  '/%61dmin/secret.txt',
  '/./admin/secret.txt',
  '/y/../admin/secret.txt',
  '/%2e/admin/secret.txt',
  '/admin/../%61dmin/secret.txt',
  '/docs/%2e%2e/admin/secret.txt',
  '/.//admin/secret.txt',
]

const plain = ['/admin/secret.txt', '/admin//secret.txt', '/ADMIN/secret.txt']

scenario(
  'a guard on a folder is not passed by another spelling of the path',
  guarded,
  [...disguises, ...plain].map((target) => get(target)),
  {
    differs: {
      id: 'static-canonical-path',
      express: {
        sheets: [
          ...disguises.map((target) =>
            target.startsWith('/admin/') ? ('same' as const) : { status: 200, body: 'for administrators' },
          ),
          ...plain.map(() => 'same' as const),
        ],
      },
      subject: {
        sheets: [
          ...disguises.map((target) =>
            target.startsWith('/admin/') ? ('same' as const) : { status: 404, body: 'no such file' },
          ),
          ...plain.map(() => 'same' as const),
        ],
      },
    },
  },
)

scenario(
  'the option canonical: false answers every spelling, as Express does',
  (stage) => guarded(stage, { canonical: false }),
  disguises.map((target) => get(target)),
)

scenario(
  'a folder that is asked for in another spelling is not redirected to another host',
  ({ express }) => {
    const app = express()
    app.use(express.static(root))
    app.use((_req, res) => void res.status(404).send('no such file'))
    return app
  },
  [get('/\\example.com/../docs'), get('/docs')],
  {
    differs: {
      id: 'static-canonical-path',
      express: { sheets: [{ status: 301, fields: { Location: '/\\example.com/../docs/' } }, 'same'] },
      subject: { sheets: [{ status: 404 }, 'same'] },
    },
  },
)

const views = join(fixtures, 'views')

function rendering({ express }: Stage) {
  const app = express()
  app.set('views', views)
  app.engine('tpl', (path, options, done) => {
    const { settings, cache, user } = options as {
      settings: Record<string, unknown>
      cache: unknown
      user: unknown
    }
    const seen = { cache, user, 'view options': settings['view options'], env: settings['env'] }
    done(null, `${path.slice(fixtures.length)} ${JSON.stringify(seen)}`)
  })
  app.get('/view', (req, res) => void res.render(String(req.query['name'])))
  app.get('/options', (req, res) => {
    const given = Object.fromEntries(Object.entries(req.query))
    if (given['settings']) given['settings'] = JSON.parse(String(given['settings']))
    res.render('user.tpl', given)
  })
  app.use(answerError)
  return app
}

scenario(
  'a view is looked for inside of the views folders only',
  rendering,
  [get('/view?name=user.tpl'), get('/view?name=../secret.tpl'), get('/view?name=pages/../../secret.tpl')],
  {
    differs: {
      id: 'view-confined',
      express: {
        sheets: ['same', { status: 200, body: /^\/secret\.tpl / }, { status: 200, body: /^\/secret\.tpl / }],
      },
      subject: {
        sheets: [
          'same',
          { status: 500, body: /^Error: Failed to lookup view "\.\.\/secret\.tpl" in views directory / },
          {
            status: 500,
            body: /^Error: Failed to lookup view "pages\/\.\.\/\.\.\/secret\.tpl" in views directory /,
          },
        ],
      },
    },
  },
)

scenario(
  'the setting views anywhere lets views lie outside, as Express does',
  (stage) => {
    const app = rendering(stage)
    app.enable('views anywhere')
    return app
  },
  [get('/view?name=../secret.tpl')],
)

scenario(
  'options from a query leave the settings of the engine alone',
  rendering,
  [
    get('/options?user=tobi'),
    get('/options?settings={"view%20options":{"client":true},"env":"own"}'),
    get('/options?cache=1'),
  ],
  {
    differs: {
      id: 'render-options-guarded',
      express: {
        sheets: [
          'same',
          { status: 200, body: '/views/user.tpl {"cache":false,"view options":{"client":true},"env":"own"}' },
          { status: 200, body: '/views/user.tpl {"cache":"1","env":"development"}' },
        ],
      },
      subject: {
        sheets: [
          'same',
          { status: 200, body: /^\/views\/user\.tpl \{"cache":false(,"env":"(own|development)")?\}$/ },
          { status: 200, body: '/views/user.tpl {"cache":false,"env":"development"}' },
        ],
      },
    },
  },
)

scenario(
  'view settings from values lets them be replaced, as Express does',
  (stage) => {
    const app = rendering(stage)
    app.enable('view settings from values')
    return app
  },
  [get('/options?user=tobi'), get('/options?settings={"view%20options":{"client":true},"env":"own"}')],
)
