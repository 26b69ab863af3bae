import { post } from '../../harness/exchange.js'
import { answerError } from '../../harness/handlers.js'
import { area } from '../../harness/scenario.js'
import type { Stage } from '../../harness/stage.js'

const scenario = area('bodies/urlencoded')

const form = 'application/x-www-form-urlencoded'

type Options = NonNullable<Parameters<Stage['express']['urlencoded']>[0]>

function parsing({ express, note }: Stage, options?: Options & Record<string, unknown>) {
  const app = express()
  app.use(express.urlencoded(options))
  app.use((req, res) => {
    note('body', req.body)
    res.send('parsed')
  })
  app.use(answerError)
  return app
}

const bodies = [
  'user=tobi',
  'a=1&b=2&a=3',
  '',
  'a',
  'a=',
  '=b',
  '&&&',
  'a+b=c+d%21',
  'a=%zz',
  'a=%C3%BC&%C3%BC=1',
  'user[name]=tobi&user[age]=3',
  'list[]=1&list[]=2',
  'list[0]=a&list[3]=b',
  'a.b=c',
  'a[b][c][d]=e',
  'a;b=c',
  'a=b=c',
  'a[]=1&a=2',
]

scenario(
  'the simple form',
  (stage) => parsing(stage, { extended: false }),
  bodies.map((body) => post('/', form, body)),
)

scenario(
  'the extended form',
  (stage) => parsing(stage, { extended: true }),
  bodies.map((body) => post('/', form, body)),
)

scenario('without options it is the simple form', (stage) => parsing(stage), [post('/', form, 'a[b]=c')])

scenario('long lists stay lists up to 100 and beyond', (stage) => parsing(stage, { extended: true }), [
  post('/', form, Array.from({ length: 101 }, (_, at) => `a[]=${at}`).join('&')),
  post('/', form, Array.from({ length: 110 }, (_, at) => `a[${at}]=${at}`).join('&')),
  post('/', form, 'a[200]=x'),
])

scenario('depth: 32 by default', (stage) => parsing(stage, { extended: true }), [
  post('/', form, `a${'[b]'.repeat(32)}=1`),
  post('/', form, `a${'[b]'.repeat(33)}=1`),
])

scenario('depth of one’s own', (stage) => parsing(stage, { extended: true, depth: 2 }), [
  post('/', form, 'a[b][c]=1'),
  post('/', form, 'a[b][c][d]=1'),
])

for (const extended of [false, true]) {
  scenario(
    `parameterLimit of 3, extended: ${extended}`,
    (stage) => parsing(stage, { extended, parameterLimit: 3 }),
    [post('/', form, 'a=1&b=2&c=3'), post('/', form, 'a=1&b=2&c=3&d=4'), post('/', form, '&&&')],
  )

  scenario(`1,000 parameters by default, extended: ${extended}`, (stage) => parsing(stage, { extended }), [
    post('/', form, Array.from({ length: 1000 }, (_, at) => `k${at}=`).join('&')),
    post('/', form, Array.from({ length: 1001 }, (_, at) => `k${at}=`).join('&')),
  ])

  scenario(
    `parameterLimit of Infinity, extended: ${extended}`,
    (stage) => {
      const { express, note } = stage
      const app = express()
      app.use(express.urlencoded({ extended, parameterLimit: Number.POSITIVE_INFINITY }))
      app.use((req, res) => {
        note('count', Object.keys(req.body).length)
        res.end()
      })
      return app
    },
    [post('/', form, Array.from({ length: 5000 }, (_, at) => `k${at}=`).join('&'))],
  )
}

scenario('charsets: utf-8 and iso-8859-1', (stage) => parsing(stage), [
  post('/', `${form}; charset=utf-8`, 'name=%C3%A9'),
  post('/', `${form}; charset=iso-8859-1`, 'name=%E9'),
  post('/', `${form}; charset=iso-8859-1`, Buffer.from('name=\xe9', 'latin1')),
  post('/', `${form}; charset=koi8-r`, 'name=x'),
  post('/', `${form}; charset=UTF-8`, 'name=x'),
])

scenario(
  'charsetSentinel and interpretNumericEntities',
  (stage) => parsing(stage, { extended: true, charsetSentinel: true, interpretNumericEntities: true }),
  [
    post('/', form, 'utf8=%26%2310003%3B&name=%E9'),
    post('/', `${form}; charset=iso-8859-1`, 'utf8=%E2%9C%93&name=%C3%A9'),
    post('/', `${form}; charset=iso-8859-1`, 'utf8=%26%2310003%3B&name=%26%239786%3B'),
  ],
)

scenario('defaultCharset', (stage) => parsing(stage, { defaultCharset: 'iso-8859-1' }), [
  post('/', form, 'name=%E9'),
  post('/', `${form}; charset=utf-8`, 'name=%C3%A9'),
])

scenario(
  'type and verify',
  (stage) =>
    parsing(stage, {
      extended: true,
      type: ['application/x-form', 'urlencoded'],
      verify(_req, _res, bytes, charset) {
        stage.note('verify', [bytes.toString(), charset])
        if (bytes[0] === 0x20) throw new Error('no leading space')
      },
    }),
  [
    post('/', 'application/x-form', 'a=1'),
    post('/', form, 'a=1'),
    post('/', form, ' a=1'),
    post('/', 'text/plain', 'a=1'),
  ],
)
