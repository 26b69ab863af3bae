import { attempt } from '../../harness/describe.js'
import { get, head } from '../../harness/exchange.js'
import { answerError } from '../../harness/handlers.js'
import { area } from '../../harness/scenario.js'

const scenario = area('res/json')

const values: Record<string, unknown> = {
  object: { a: 1, b: [true, null, undefined], c: undefined },
  array: ['a', 1, {}],
  null: null,
  undefined: undefined,
  number: 300,
  zero: 0,
  text: 'str',
  empty: '',
  true: true,
  false: false,
  date: new Date(0),
  toJSON: { toJSON: () => ({ own: true }) },
  buffer: Buffer.from('ab'),
  map: new Map([['a', 1]]),
  nan: Number.NaN,
  unicode: '\u2028 \u00e9 \ud83d\ude00 <script>',
  function: () => 1,
  symbol: Symbol('x'),
  proto: JSON.parse('{"__proto__":{"a":1}}'),
}

scenario(
  'json of every kind of value',
  ({ express }) => {
    const app = express()
    app.get('/:name', (req, res) => void res.json(values[req.params.name]))
    app.use(answerError)
    return app
  },
  Object.keys(values).map((name) => get(`/${name}`)),
)

scenario(
  'json refuses what cannot be serialized',
  ({ express, note }) => {
    const app = express()
    app.get('/', (_req, res) => {
      const circle: Record<string, unknown> = {}
      circle['self'] = circle
      const refused = attempt(() => res.json(circle))
      note('circle', String((refused as object).constructor.name))
      note(
        'bigint',
        attempt(() => res.json({ n: 1n })),
      )
      note(
        'getter',
        attempt(() =>
          res.json({
            get x() {
              throw new Error('no')
            },
          }),
        ),
      )
      note('sent', res.headersSent)
      res.json({ ok: true })
    })
    return app
  },
  [get('/')],
)

scenario(
  'json keeps a type, status and tag that were set',
  ({ express }) => {
    const app = express()
    app.get('/type', (_req, res) => void res.type('application/vnd.api+json').json({ a: 1 }))
    app.get('/text', (_req, res) => void res.set('Content-Type', 'text/plain').json({ a: 1 }))
    app.get(
      '/charset',
      (_req, res) => void res.set('Content-Type', 'application/json; charset=latin1').json({ a: 1 }),
    )
    app.get('/status', (_req, res) => void res.status(201).json({ a: 1 }))
    app.get('/tag', (_req, res) => void res.set('ETag', '"mine"').json({ a: 1 }))
    app.get('/length', (_req, res) => void res.set('Content-Length', '3').json({ a: 1 }))
    app.get('/none', (_req, res) => void res.status(204).json({ a: 1 }))
    return app
  },
  ['/type', '/text', '/charset', '/status', '/tag', '/length', '/none'].map((target) => get(target)),
)

scenario(
  'json of HEAD has the fields of GET',
  ({ express }) => {
    const app = express()
    app.get('/', (_req, res) => void res.json({ a: 1 }))
    return app
  },
  [head('/'), get('/')],
)

scenario(
  'a large value is written whole',
  ({ express }) => {
    const app = express()
    app.get(
      '/',
      (_req, res) => void res.json(Array.from({ length: 5000 }, (_, id) => ({ id, text: `zeile ${id} é` }))),
    )
    return app
  },
  [get('/')],
)

scenario(
  'jsonp wraps the value in the callback that the query names',
  ({ express }) => {
    const app = express()
    app.get('/:name', (req, res) => void res.jsonp(values[req.params.name]))
    return app
  },
  [
    get('/object'),
    get('/object?callback=something'),
    get('/object?callback=a.b[0].c_$'),
    get('/object?callback=foo;bar()%3Cscript%3E'),
    get('/object?callback='),
    get('/object?callback=a&callback=b'),
    get('/object?callback[a]=b'),
    get('/null?callback=x'),
    get('/undefined?callback=x'),
    get('/text?callback=x'),
    get('/unicode?callback=x'),
    get('/number?callback=%22%27'),
    head('/object?callback=x'),
  ],
)

scenario(
  'jsonp with settings and with a type of its own',
  ({ express }) => {
    const app = express()
    app.set('json spaces', 2).enable('json escape').set('query parser', 'extended')
    app.get('/', (_req, res) => void res.jsonp({ html: '<b>' }))
    app.get('/typed', (_req, res) => void res.type('application/vnd.x+json').jsonp({ a: 1 }))
    app.get('/status', (_req, res) => void res.status(503).jsonp({ a: 1 }))
    return app
  },
  [
    get('/?callback=x'),
    get('/?callback[]=y&callback[]=z'),
    get('/?callback[a]=y'),
    get('/typed'),
    get('/typed?callback=x'),
    get('/status?callback=x'),
  ],
)
