import { attempt } from '../../harness/describe.js'
import { get } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'

const scenario = area('app/settings')

scenario(
  'a new app has the documented defaults',
  ({ express, note }) => {
    const app = express()
    const names = ['x-powered-by', 'etag', 'env', 'query parser', 'subdomain offset', 'trust proxy']
    for (const name of names) note(name, app.get(name))
    for (const name of [
      'jsonp callback name',
      'view cache',
      'view engine',
      'json spaces',
      'strict routing',
    ]) {
      note(name, app.get(name))
    }
    note('views', app.get('views') === `${process.cwd()}/views`)
    note('locals', Object.keys(app.locals))
    note('locals.settings', app.locals['settings'] === app.settings)
    note('prototype of the settings', Object.getPrototypeOf(app.settings))
    note('mountpath', app.mountpath)
    note('compiled', [
      typeof app.get('etag fn'),
      typeof app.get('query parser fn'),
      typeof app.get('trust proxy fn'),
    ])
  },
  [],
)

scenario(
  'the names of all settings',
  ({ express, note }) => {
    note('names', Object.keys(express().settings).toSorted())
  },
  [],
)

scenario(
  'view cache is on in production only',
  ({ express, note }) => {
    note('env', express().get('env'))
    note('view cache', express().get('view cache'))
  },
  [],
  { env: 'production' },
)

scenario(
  'set, get, enable, disable, enabled and disabled',
  ({ express, note }) => {
    const app = express()
    note('set gives the app', app.set('a', 1) === app)
    note('set with one argument reads', (app.set as (name: string) => unknown)('a'))
    note('get', app.get('a'))
    note('unknown', app.get('unknown'))
    note('set to undefined', app.set('a', undefined).get('a'))
    note('enable gives the app', app.enable('b') === app)
    note('b', [app.get('b'), app.enabled('b'), app.disabled('b')])
    note('disable gives the app', app.disable('b') === app)
    note('b', [app.get('b'), app.enabled('b'), app.disabled('b')])
    note('truthy counts', [app.set('c', 'x').enabled('c'), app.set('c', '').enabled('c')])
    note('hasOwnProperty', app.get('hasOwnProperty'))
    note('__proto__', app.get('__proto__'))
  },
  [],
)

scenario(
  'bad values of etag and query parser are refused when they are set',
  ({ express, note }) => {
    const app = express()
    note(
      'etag',
      attempt(() => app.set('etag', 42)),
    )
    note(
      'etag',
      attempt(() => app.set('etag', 'medium')),
    )
    note(
      'query parser',
      attempt(() => app.set('query parser', 'fancy')),
    )
    note(
      'trust proxy',
      attempt(() => app.set('trust proxy', 'not an address')),
    )
    note(
      'trust proxy',
      attempt(() => app.set('trust proxy', ['10.0.0.1', 'nonsense'])),
    )
  },
  [],
)

scenario(
  'etag: weak, strong, a function, off',
  ({ express }) => {
    const app = express()
    const kinds: [string, unknown][] = [
      ['weak', 'weak'],
      ['true', true],
      ['strong', 'strong'],
      ['off', false],
      [
        'own',
        (body: Buffer, encoding: unknown) => `"${Buffer.isBuffer(body)}-${body.length}-${String(encoding)}"`,
      ],
      ['none', () => undefined],
    ]
    for (const [name, value] of kinds) {
      const child = express()
      child.set('etag', value)
      child.get('/', (_req, res) => {
        res.send('the same text')
      })
      app.use(`/${name}`, child)
    }
    return app
  },
  ['weak', 'true', 'strong', 'off', 'own', 'none'].map((name) => get(`/${name}`)),
)

scenario(
  'x-powered-by can be disabled, also while serving',
  ({ express }) => {
    const app = express()
    app.get('/off', (_req, res) => {
      app.disable('x-powered-by')
      res.send('off')
    })
    app.get('/', (_req, res) => {
      res.send('x')
    })
    return app
  },
  [get('/'), get('/off'), get('/'), get('/missing')],
)

scenario(
  'json escape, replacer and spaces',
  ({ express }) => {
    const app = express()
    const value = { html: '<b>&</b>', n: 1, nested: { secret: 'x', list: [1, 2] } }
    const kinds: Record<string, [string, unknown][]> = {
      escape: [['json escape', true]],
      replacer: [['json replacer', (key: string, it: unknown) => (key === 'secret' ? undefined : it)]],
      keys: [['json replacer', ['n', 'nested', 'list']]],
      spaces: [['json spaces', 2]],
      tab: [['json spaces', '\t']],
      all: [
        ['json escape', true],
        ['json spaces', 1],
        ['json replacer', (key: string, it: unknown) => (key === 'n' ? '<n>' : it)],
      ],
    }
    for (const [name, settings] of Object.entries(kinds)) {
      const child = express()
      for (const [key, setting] of settings) child.set(key, setting)
      child.get('/', (_req, res) => {
        res.json(value)
      })
      app.use(`/${name}`, child)
    }
    return app
  },
  ['escape', 'replacer', 'keys', 'spaces', 'tab', 'all'].map((name) => get(`/${name}`)),
)

scenario(
  'jsonp callback name',
  ({ express }) => {
    const app = express()
    app.set('jsonp callback name', 'cb')
    app.get('/', (_req, res) => {
      res.jsonp({ a: 1 })
    })
    return app
  },
  [get('/?cb=go'), get('/?callback=go')],
)

scenario(
  'strict routing and case sensitive routing',
  ({ express }) => {
    const app = express()
    const kinds: Record<string, string[]> = {
      loose: [],
      strict: ['strict routing'],
      cased: ['case sensitive routing'],
      both: ['strict routing', 'case sensitive routing'],
    }
    for (const [name, settings] of Object.entries(kinds)) {
      const child = express()
      for (const setting of settings) child.enable(setting)
      child.get('/User', (_req, res) => {
        res.send('User')
      })
      child.get('/slash/', (_req, res) => {
        res.send('slash')
      })
      app.use(`/${name}`, child)
    }
    return app
  },
  ['loose', 'strict', 'cased', 'both'].flatMap((name) =>
    ['/User', '/User/', '/user', '/slash', '/slash/', '/slash//'].map((path) => get(`/${name}${path}`)),
  ),
)

scenario(
  'routing settings count from the moment when the router is made',
  ({ express }) => {
    const app = express()
    app.get('/User', (_req, res) => {
      res.send('early')
    })
    app.enable('case sensitive routing')
    app.get('/Late', (_req, res) => {
      res.send('late')
    })
    return app
  },
  [get('/user'), get('/late')],
)

scenario(
  'env decides how much an error page tells',
  ({ express }) => {
    const app = express()
    for (const env of ['development', 'production', 'test', 'staging']) {
      const child = express()
      child.set('env', env)
      child.get('/', () => {
        throw new Error(`in ${env}`)
      })
      app.use(`/${env}`, (req, res) => child(req, res))
    }
    return app
  },
  ['development', 'production', 'test', 'staging'].map((env) => get(`/${env}`)),
)

scenario(
  'a setting that changes while serving has effect on the next request',
  ({ express }) => {
    const app = express()
    app.get('/change', (_req, res) => {
      app.set('json spaces', 4).set('etag', false).set('query parser', 'extended').set('trust proxy', true)
      res.json({ changed: true })
    })
    app.get('/', (req, res) => {
      res.json({ query: req.query, ip: req.ip })
    })
    return app
  },
  [
    get('/?a[b]=1', { 'X-Forwarded-For': '1.2.3.4' }),
    get('/change'),
    get('/?a[b]=1', { 'X-Forwarded-For': '1.2.3.4' }),
  ],
)

scenario(
  'locals are a bare object that takes part in rendering',
  ({ express, note }) => {
    const app = express()
    note('prototype', Object.getPrototypeOf(app.locals))
    app.locals['title'] = 'mine'
    note('keys', Object.keys(app.locals))
    app.use((_req, res) => {
      note('res.locals', res.locals)
      note('prototype of res.locals', Object.getPrototypeOf(res.locals))
      res.end()
    })
    return app
  },
  [get('/')],
)

scenario(
  'settings are replaced by an object that somebody else goes on writing to',
  ({ express }) => {
    const app = express()
    const others: Record<string, unknown> = { ...app.settings }
    app.settings = others
    app.get('/', (_req, res) => {
      res.send(JSON.stringify(others['x-powered-by']))
      others['x-powered-by'] = false
    })
    return app
  },
  [get('/'), get('/')],
  {
    differs: {
      id: 'settings-replaced',
      express: { sheets: ['same', { fields: { 'X-Powered-By': null } }] },
      subject: { sheets: ['same', { fields: { 'X-Powered-By': 'Express' } }] },
    },
  },
)
