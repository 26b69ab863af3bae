import { converse, get, more, post, postJson, sending } from '../../harness/exchange.js'
import { answerError } from '../../harness/handlers.js'
import { area } from '../../harness/scenario.js'
import type { Stage } from '../../harness/stage.js'

const scenario = area('held/bodies')

function parsing({ express }: Stage, options: object = {}) {
  const app = express()
  app.use(express.json(options))
  app.use((req, res) => void res.json({ body: req.body, own: Object.keys(req.body ?? {}) }))
  app.use(answerError)
  return app
}

const poisoned = [
  '{"__proto__":{"admin":true}}',
  '{"a":[{"__proto__":1}]}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"\\u005f_proto__":{"admin":true}}',
]
const harmless = ['{"constructor":"text"}', '{"prototype":{}}', '{"a":"__proto__"}', '{"proto":1}']

scenario(
  'JSON with keys that change prototypes is refused',
  (stage) => parsing(stage),
  [...poisoned, ...harmless].map((body) => postJson('/', body)),
  {
    differs: {
      id: 'json-prototype-keys',
      express: {
        sheets: [
          { status: 200, body: '{"body":{"__proto__":{"admin":true}},"own":["__proto__"]}' },
          { status: 200, body: '{"body":{"a":[{"__proto__":1}]},"own":["a"]}' },
          {
            status: 200,
            body: '{"body":{"constructor":{"prototype":{"admin":true}}},"own":["constructor"]}',
          },
          { status: 200, body: '{"body":{"__proto__":{"admin":true}},"own":["__proto__"]}' },
          ...harmless.map(() => 'same' as const),
        ],
      },
      subject: {
        sheets: [
          ...['__proto__', '__proto__', 'constructor.prototype', '__proto__'].map((key) => ({
            status: 400,
            body: new RegExp(
              `^BadRequestError: the JSON body holds the key "${key}", .* type: 'entity\\.proto\\.key'`,
            ),
          })),
          ...harmless.map(() => 'same' as const),
        ],
      },
    },
  },
)

scenario(
  "protoKeys: 'keep' hands them on, as Express does",
  (stage) => parsing(stage, { protoKeys: 'keep' }),
  [...poisoned, ...harmless].map((body) => postJson('/', body)),
)

scenario(
  "protoKeys: 'drop' takes them out",
  (stage) => parsing(stage, { protoKeys: 'drop' }),
  poisoned.slice(0, 3).map((body) => postJson('/', body)),
  {
    differs: {
      id: 'json-prototype-keys',
      express: { sheets: [{ status: 200 }, { status: 200 }, { status: 200 }] },
      subject: {
        sheets: [
          { status: 200, body: '{"body":{},"own":[]}' },
          { status: 200, body: '{"body":{"a":[{}]},"own":["a"]}' },
          { status: 200, body: '{"body":{"constructor":{}},"own":["constructor"]}' },
        ],
      },
    },
  },
)

scenario(
  'the extended query parser does not shadow methods of every object',
  ({ express }) => {
    const app = express()
    app.set('query parser', 'extended')
    app.use((req, res) => {
      const query = req.query as Record<string, unknown>
      res.json({ has: typeof query['hasOwnProperty'], keys: Object.keys(query) })
    })
    return app
  },
  [
    get('/?hasOwnProperty=x&a=1'),
    get('/?toString[b]=x&constructor=y'),
    get('/?a[hasOwnProperty]=x'),
    get('/?a=1'),
  ],
  {
    differs: {
      id: 'query-own-methods',
      express: {
        sheets: [
          { body: '{"has":"string","keys":["hasOwnProperty","a"]}' },
          { body: '{"has":"function","keys":["toString","constructor"]}' },
          { body: '{"has":"function","keys":["a"]}' },
          'same',
        ],
      },
      subject: {
        sheets: [
          { body: '{"has":"function","keys":["a"]}' },
          { body: '{"has":"function","keys":[]}' },
          { body: '{"has":"function","keys":[]}' },
          'same',
        ],
      },
    },
  },
)

const form = 'application/x-www-form-urlencoded'

for (const extended of [true, false]) {
  scenario(
    `forms do not shadow them either, extended: ${extended}`,
    ({ express }) => {
      const app = express()
      app.use(express.urlencoded({ extended }))
      app.use((req, res) => void res.json(Object.keys(req.body)))
      return app
    },
    [post('/', form, 'hasOwnProperty=x&a=1'), post('/', form, '__proto__=x&a=1')],
    {
      differs: {
        id: 'query-own-methods',
        express: { sheets: [{ body: '["hasOwnProperty","a"]' }, 'same'] },
        subject: { sheets: [{ body: '["a"]' }, 'same'] },
      },
    },
  )
}

scenario(
  'allowPrototypes lets forms shadow them, as Express does',
  ({ express }) => {
    const app = express()
    app.use(express.urlencoded({ extended: true, allowPrototypes: true } as object))
    app.use((req, res) => void res.json(Object.keys(req.body)))
    return app
  },
  [post('/', form, 'hasOwnProperty=x&a=1'), post('/', form, 'a[toString]=x')],
)

scenario(
  'a body over the limit is refused before it is asked for',
  (stage) => parsing(stage, { limit: 100 }),
  [
    // A server that the application did not make can only be taught with its first request.
    get('/'),
    converse('Expect: 100-continue with 300,000 bytes', [
      sending({
        method: 'POST',
        fields: { Expect: '100-continue', 'Content-Type': 'application/json', 'Content-Length': '300000' },
      }),
      { kind: 'interim' },
      more('x'.repeat(300_000)),
      { kind: 'answer' },
    ]),
  ],
  {
    // Node answers the expectation by itself on a server that does not know the application.
    carriers: ['listen', 'create-server'],
    differs: {
      id: 'body-limit-early',
      express: {
        sheets: [
          'same',
          {
            answers: [
              { status: 100 },
              { status: 413, fields: { Connection: 'keep-alive' }, body: /too\.large/ },
            ],
          },
        ],
      },
      subject: {
        sheets: ['same', { answers: [{ status: 413, fields: { Connection: 'close' }, body: /too\.large/ }] }],
      },
    },
  },
)
