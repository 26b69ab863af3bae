import { gzipSync } from 'node:zlib'
import { chunked, post, postJson, send } from '../../harness/exchange.js'
import type { Exchange } from '../../harness/exchange.js'
import { answerError } from '../../harness/handlers.js'
import { area } from '../../harness/scenario.js'
import type { Stage } from '../../harness/stage.js'

const scenario = area('bodies/limits')

type Kind = 'json' | 'urlencoded' | 'text' | 'raw'

function parsing({ express }: Stage, kind: Kind, options?: object) {
  const app = express()
  app.use(express[kind](options))
  app.use((req, res) => void res.send(`parsed ${Buffer.isBuffer(req.body) ? 'bytes' : typeof req.body}`))
  app.use(answerError)
  return app
}

/**
 * What is within the limit is parsed; what is over it is 413 with the same facts on both sides. Express has read the
 * whole body by then and keeps the connection; Nozomi has not, and closes it.
 */
function tryLimit(
  title: string,
  kind: Kind,
  options: object | undefined,
  within: Exchange[],
  over: [Exchange, string][],
) {
  const sheets = (connection: string) => [
    ...within.map(() => 'same' as const),
    ...over.map(([, facts]) => ({
      status: 413,
      fields: { Connection: connection },
      body: `PayloadTooLargeError: request entity too large { status: 413, statusCode: 413, expose: true, type: 'entity.too.large', ${facts} }`,
    })),
  ]
  scenario(
    title,
    (stage) => parsing(stage, kind, options),
    [...within, ...over.map(([exchange]) => exchange)],
    {
      differs: {
        id: 'body-limit-early',
        express: { sheets: sheets('keep-alive') },
        subject: { sheets: sheets('close') },
      },
    },
  )
}

tryLimit(
  'json: a number of bytes',
  'json',
  { limit: 10 },
  [postJson('/', '{"a":123}'), postJson('/', '{"a":1234}')],
  [[postJson('/', '{"a":12345}'), 'limit: 10, length: 11, expected: 11']],
)

tryLimit(
  'json: 100kb by default',
  'json',
  undefined,
  [postJson('/', JSON.stringify({ text: 'x'.repeat(102_400 - 11) }))],
  [
    [
      postJson('/', JSON.stringify({ text: 'x'.repeat(102_400 - 10) })),
      'limit: 102400, length: 102401, expected: 102401',
    ],
    [postJson('/', 'x'.repeat(500_000)), 'limit: 102400, length: 500000, expected: 500000'],
  ],
)

tryLimit(
  'json: in units',
  'json',
  { limit: '1kb' },
  [postJson('/', JSON.stringify({ text: 'x'.repeat(1024 - 11) }))],
  [
    [
      postJson('/', JSON.stringify({ text: 'x'.repeat(1024 - 10) })),
      'limit: 1024, length: 1025, expected: 1025',
    ],
  ],
)

tryLimit(
  'urlencoded',
  'urlencoded',
  { limit: 20, extended: true },
  [post('/', 'application/x-www-form-urlencoded', 'a=123456789012345678')],
  [
    [
      post('/', 'application/x-www-form-urlencoded', 'a=1234567890123456789'),
      'limit: 20, length: 21, expected: 21',
    ],
  ],
)

tryLimit(
  'text',
  'text',
  { limit: 8 },
  [post('/', 'text/plain', '12345678')],
  [
    [post('/', 'text/plain', '123456789'), 'limit: 8, length: 9, expected: 9'],
    // The limit is one on bytes, not on characters.
    [post('/', 'text/plain', 'äöüßé'), 'limit: 8, length: 10, expected: 10'],
  ],
)

tryLimit(
  'raw',
  'raw',
  { limit: '4b', type: () => true },
  [post('/', 'a/b', 'abcd')],
  [[post('/', 'a/b', 'abcde'), 'limit: 4, length: 5, expected: 5']],
)

scenario(
  'bodies of unknown length, and inflated ones, are counted as they come',
  (stage) => parsing(stage, 'json', { limit: 100 }),
  [
    send({
      method: 'POST',
      fields: { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' },
      body: chunked(`"${'x'.repeat(60)}`, `${'x'.repeat(60)}"`),
    }),
    postJson('/', gzipSync(`["${'x'.repeat(1000)}"]`), { 'Content-Encoding': 'gzip' }),
  ],
)
