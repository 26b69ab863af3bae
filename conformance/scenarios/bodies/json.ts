import { get, post, postJson, send } from '../../harness/exchange.js'
import { answerError } from '../../harness/handlers.js'
import { area } from '../../harness/scenario.js'
import { type JsonOptions, parsing } from './parsing.js'

const scenario = area('bodies/json')

scenario('objects and arrays, with white space around, unicode and escapes', (stage) => parsing(stage), [
  postJson('/', '{"user":"tobi","n":[1,2.5e3,null,true]}'),
  postJson('/', '[]'),
  postJson('/', ' \t\r\n {"a":1} \n'),
  postJson('/', '{"text":"grüße \\u00e9 😀"}'),
  postJson('/', ''),
  postJson('/', '{"a":1,"a":2}'),
])

scenario('invalid JSON is 400 with the message of the engine', (stage) => parsing(stage), [
  postJson('/', '{"user"'),
  postJson('/', '{'),
  postJson('/', '{:'),
  postJson('/', '[1,]'),
  postJson('/', '   '),
  postJson('/', '{"a":1}}'),
  postJson('/', "{'a':1}"),
  postJson('/', '{"a":\u0000}'),
  postJson('/', '\ufeff{"a":1}'),
])

scenario('strict accepts objects and arrays only', (stage) => parsing(stage), [
  postJson('/', 'true'),
  postJson('/', '"text"'),
  postJson('/', '42'),
  postJson('/', 'null'),
  postJson('/', '  #x'),
  postJson('/', 'undefined'),
])

scenario('strict: false accepts every value', (stage) => parsing(stage, { strict: false }), [
  postJson('/', 'true'),
  postJson('/', '"text"'),
  postJson('/', ' 42 '),
  postJson('/', 'null'),
  postJson('/', 'nonsense'),
  postJson('/', ''),
])

scenario('types: what is parsed by default, and what is passed through', (stage) => parsing(stage), [
  post('/', 'application/json; charset=utf-8', '{"a":1}'),
  post('/', 'APPLICATION/JSON', '{"a":1}'),
  post('/', 'application/vnd.api+json', '{"a":1}'),
  post('/', 'text/json', '{"a":1}'),
  post('/', 'text/plain', '{"a":1}'),
  post('/', null, '{"a":1}'),
  post('/', 'nonsense', '{"a":1}'),
  post('/', 'application/json;;;', '{"a":1}'),
])

const types: [string, JsonOptions['type']][] = [
  ['a type', 'application/vnd.api+json'],
  ['an extension', 'txt'],
  ['a wildcard', '*/*'],
  ['a suffix', '+json'],
  ['a list', ['text/plain', 'json']],
  ['a function', (req) => req.headers['x-parse'] === 'yes'],
]

for (const [title, type] of types) {
  scenario(`type: ${title}`, (stage) => parsing(stage, { type }), [
    post('/', 'application/json', '{"a":1}'),
    post('/', 'application/vnd.api+json', '{"a":1}'),
    post('/', 'text/plain', '{"a":1}'),
    post('/', null, '{"a":1}'),
    post('/', 'image/png', '{"a":1}', { 'X-Parse': 'yes' }),
  ])
}

scenario(
  'reviver',
  (stage) => parsing(stage, { reviver: (key, value) => (key === 'n' ? Number(value) * 2 : value) }),
  [postJson('/', '{"n":21,"m":"x"}')],
)

scenario(
  'verify sees the raw bytes and the charset, and may refuse',
  (stage) =>
    parsing(stage, {
      verify(req, _res, bytes, charset) {
        stage.note('verify', [bytes.toString('latin1'), charset, Buffer.isBuffer(bytes), typeof req.headers])
        if (bytes[0] === 0x5b) throw new Error('no arrays')
        if (bytes[0] === 0x20) throw Object.assign(new Error('no spaces'), { status: 400, type: 'no.spaces' })
        if (bytes[0] === 0x09) throw 'a string'
      },
    }),
  [
    postJson('/', '{"a":"é"}'),
    postJson('/', '[1]'),
    postJson('/', ' {}'),
    post('/', 'application/json; charset=utf-16', Buffer.from('{}', 'utf16le')),
    post('/', 'application/json; charset=x-bogus', '{}'),
  ],
)

scenario('charsets: utf-8, utf-16 and utf-32 in both orders, others are refused', (stage) => parsing(stage), [
  post('/', 'application/json; charset=utf-8', '{"a":"é"}'),
  post('/', 'application/json; charset=UTF-8', '{"a":"é"}'),
  post('/', 'application/json; charset="utf-8"', '{"a":"é"}'),
  post('/', 'application/json; charset=utf-16', Buffer.from('\ufeff{"a":"é"}', 'utf16le')),
  post('/', 'application/json; charset=utf-16le', Buffer.from('{"a":"é"}', 'utf16le')),
  post('/', 'application/json; charset=iso-8859-1', Buffer.from('{"a":"é"}', 'latin1')),
  post('/', 'application/json; charset=koi8-r', '{}'),
  post('/', 'application/json; charset=utf-x', '{}'),
  post('/', 'application/json; charset=', '{}'),
  post('/', 'application/json', Buffer.from('{"a":"\xff"}', 'latin1')),
])

scenario('no body, and bodies of methods that seldom have one', (stage) => parsing(stage), [
  get('/'),
  get('/', { 'Content-Type': 'application/json' }),
  send({ method: 'POST' }),
  send({ method: 'POST', fields: { 'Content-Type': 'application/json', 'Content-Length': '0' } }),
  send({ method: 'DELETE', fields: { 'Content-Type': 'application/json' }, body: '{"a":1}' }),
  send({ method: 'GET', fields: { 'Content-Type': 'application/json' }, body: '{"a":1}' }),
])

scenario(
  'a body that was parsed is not parsed again; parsers beside one another pass it on',
  ({ express, note }) => {
    const app = express()
    app.use(
      express.json(),
      express.json({ strict: false }),
      express.urlencoded({ extended: false }),
      express.text(),
    )
    app.use((req, res) => {
      note('body', req.body)
      res.end()
    })
    app.use(answerError)
    return app
  },
  [
    postJson('/', '{"a":1}'),
    post('/', 'application/x-www-form-urlencoded', 'a=1'),
    post('/', 'text/plain', 'text'),
  ],
)
