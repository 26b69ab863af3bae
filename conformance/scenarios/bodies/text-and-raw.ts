import { get, post } from '../../harness/exchange.js'
import { answerError } from '../../harness/handlers.js'
import { area } from '../../harness/scenario.js'
import type { Stage } from '../../harness/stage.js'

const scenario = area('bodies/text-and-raw')

type Kind = 'text' | 'raw'

function parsing({ express, note }: Stage, kind: Kind, options?: object) {
  const app = express()
  app.use(express[kind](options))
  app.use((req, res) => {
    note('body', req.body)
    res.send('parsed')
  })
  app.use(answerError)
  return app
}

scenario('text: types and emptiness', (stage) => parsing(stage, 'text'), [
  post('/', 'text/plain', 'plain text'),
  post('/', 'text/html', '<p>'),
  post('/', 'text/plain', ''),
  post('/', null, 'untyped'),
  get('/'),
])

scenario('text: charsets that iconv knows, and one that it does not', (stage) => parsing(stage, 'text'), [
  post('/', 'text/plain; charset=utf-8', 'é'),
  post('/', 'text/plain; charset=iso-8859-1', Buffer.from([0xe9])),
  post('/', 'text/plain; charset=utf-16', Buffer.from('\ufeffé', 'utf16le')),
  post('/', 'text/plain; charset=koi8-r', Buffer.from([0xce, 0xc5, 0xd4])),
  post('/', 'text/plain; charset=shift_jis', Buffer.from([0x93, 0xfa])),
  post('/', 'text/plain; charset=x-bogus', 'x'),
  post('/', 'text/plain', Buffer.from([0xff, 0xfe, 0x41])),
  post('/', 'text/plain', Buffer.from('\ufeffbom', 'utf8')),
])

scenario('text: defaultCharset', (stage) => parsing(stage, 'text', { defaultCharset: 'koi8-r' }), [
  post('/', 'text/plain', Buffer.from([0xce, 0xc5, 0xd4])),
  post('/', 'text/plain; charset=utf-8', 'нет'),
])

scenario(
  'text: type and verify',
  (stage) =>
    parsing(stage, 'text', {
      type: 'text/*',
      verify(_req: unknown, _res: unknown, bytes: Buffer, charset: string) {
        stage.note('verify', [bytes, charset])
        if (bytes[0] === 0x21) throw new Error('no exclamations')
      },
    }),
  [
    post('/', 'text/html', '<p>'),
    post('/', 'text/plain', '12345678'),
    post('/', 'text/plain', '!'),
    post('/', 'text/plain; charset=utf-16le', Buffer.from('é', 'utf16le')),
  ],
)

scenario('raw: types and emptiness', (stage) => parsing(stage, 'raw'), [
  post('/', 'application/octet-stream', Buffer.from([0, 1, 255])),
  post('/', 'application/octet-stream', ''),
  post('/', 'text/plain', 'text'),
  post('/', null, 'untyped'),
  post('/', 'application/octet-stream; charset=x-bogus', 'charset is ignored'),
])

scenario(
  'raw: type as a function, verify',
  (stage) =>
    parsing(stage, 'raw', {
      type: () => true,
      verify(_req: unknown, _res: unknown, bytes: Buffer, charset: unknown) {
        stage.note('verify', [bytes, charset])
        if (bytes.length === 3) throw Object.assign(new Error('three'), { type: 'own.type', status: 422 })
      },
    }),
  [post('/', 'anything/at-all', 'ab'), post('/', null, 'abc'), post('/', 'text/plain', 'abcd')],
)
