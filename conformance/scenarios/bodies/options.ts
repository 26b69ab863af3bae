import { attempt } from '../../harness/describe.js'
import { post } from '../../harness/exchange.js'
import { answerError } from '../../harness/handlers.js'
import { area } from '../../harness/scenario.js'

const scenario = area('bodies/options')

type Case = [options: unknown, express: RegExp | string, subject: RegExp | string]

const fine = "{ returned: 'function' }"

/** One note for each case: what the factory of a parser says to options. */
function tryOptions(kind: 'json' | 'urlencoded', cases: Record<string, Case>): void {
  const names = Object.keys(cases)
  const expected = (side: 1 | 2) => ({
    sheets: [],
    notes: names.map((name) => {
      const said = cases[name]?.[side] ?? ''
      return typeof said === 'string' ? `${name} = ${said}` : said
    }),
  })
  scenario(
    `${kind}: options that are refused`,
    ({ express, note }) => {
      const make = express[kind] as (options: unknown) => unknown
      for (const name of names)
        note(
          name,
          attempt(() => typeof make(cases[name]?.[0])),
        )
    },
    [],
    { differs: { id: 'option-errors-explained', express: expected(1), subject: expected(2) } },
  )
}

/** Nozomi's message begins with Express's. */
function refused(message: string): [RegExp, RegExp] {
  const quoted = message.replace(/[()]/g, '\\$&')
  return [new RegExp(`= threw TypeError: ${quoted}$`), new RegExp(`= threw TypeError: ${quoted}[,:] `)]
}

tryOptions('json', {
  verify: [{ verify: 'lol' }, ...refused('option verify must be function')],
  limit: [{ limit: 'a lot' }, ...refused('option limit "a lot" is invalid')],
  type: [{ type: 42 }, fine, /= threw TypeError: option type "42" is invalid: /],
  'limit null': [{ limit: null }, fine, fine],
  'limit negative': [{ limit: -1 }, fine, fine],
  nothing: [undefined, fine, fine],
  null: [null, fine, fine],
})

tryOptions('urlencoded', {
  'parameterLimit 0': [{ parameterLimit: 0 }, ...refused('option parameterLimit must be a positive number')],
  'parameterLimit text': [
    { parameterLimit: 'x' },
    ...refused('option parameterLimit must be a positive number'),
  ],
  'parameterLimit negative': [
    { extended: true, parameterLimit: -1 },
    ...refused('option parameterLimit must be a positive number'),
  ],
  depth: [{ extended: true, depth: -1 }, ...refused('option depth must be a zero or a positive number')],
  'depth text': [
    { extended: true, depth: 'deep' },
    ...refused('option depth must be a zero or a positive number'),
  ],
  'depth 0': [{ extended: true, depth: 0 }, fine, fine],
  defaultCharset: [
    { defaultCharset: 'koi8-r' },
    ...refused('option defaultCharset must be either utf-8 or iso-8859-1'),
  ],
  verify: [{ verify: {} }, ...refused('option verify must be function')],
})

const undecodable: [
  kind: 'json' | 'text',
  type: string,
  options: object,
  charset: string,
  refused: RegExp,
][] = [
  [
    'json',
    'application/json',
    { defaultCharset: 'latin1' },
    'latin1',
    /must be an encoding of Unicode, not "latin1"$/,
  ],
  [
    'json',
    'application/json',
    { defaultCharset: 'utf-99' },
    'utf-99',
    /must be an encoding of Unicode, not "utf-99"$/,
  ],
  ['text', 'text/plain', { defaultCharset: 'none' }, 'none', /must be a charset that .* knows, not "none"$/],
]

for (const [kind, type, options, charset, refused] of undecodable) {
  scenario(
    `${kind}: the default charset ${charset} is refused when the parser is made`,
    ({ express, note }) => {
      const app = express()
      const made = attempt(() => void app.use(express[kind](options)))
      note('made', made)
      app.use((_req, res) => void res.send('not parsed'))
      app.use(answerError)
      return app
    },
    [post('/', type, '{"a":1}')],
    {
      differs: {
        id: 'body-options-early',
        express: {
          sheets: [{ status: 415, body: /unsupported charset/ }],
          notes: ['made = { returned: undefined }'],
        },
        subject: {
          sheets: [{ status: 200, body: 'not parsed' }],
          notes: [refused],
        },
      },
    },
  )
}

scenario(
  'json: a reviver that is no function is refused',
  ({ express, note }) => {
    note(
      'made',
      attempt(() => typeof express.json({ reviver: 'x' as never })),
    )
  },
  [],
  {
    differs: {
      id: 'body-options-early',
      express: { sheets: [], notes: ["made = { returned: 'function' }"] },
      subject: {
        sheets: [],
        notes: [/^made = threw TypeError: option reviver must be a function, not "x"$/],
      },
    },
  },
)
