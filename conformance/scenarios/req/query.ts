import { attempt } from '../../harness/describe.js'
import { get } from '../../harness/exchange.js'
import { refusedFragments } from '../../harness/refused.js'
import { area } from '../../harness/scenario.js'

const scenario = area('req/query')

const queries = [
  '/',
  '/?',
  '/?a=1&b=2',
  '/?a=1&a=2&a=3',
  '/?a',
  '/?a=',
  '/?=b',
  '/?&&',
  '/?a=b=c',
  '/?a+b=c+d',
  '/?a%20b=c%3D%26',
  '/?a=%zz&b=%',
  '/?%C3%BC=%e4%bd%a0',
  '/?user[name]=tobi&user[age]=3',
  '/?list[]=1&list[]=2',
  '/?list[0]=a&list[2]=c',
  '/?a[b][c][d][e][f][g]=deep',
  '/?a.b=c',
  '/?a=1#fragment=2',
  '/?a=?b',
  '/?a;b=c',
]

function tryParser(title: string, parser: unknown, targets = queries): void {
  scenario(
    title,
    ({ express, note }) => {
      const app = express()
      if (parser !== undefined) app.set('query parser', parser)
      app.use((req, res) => {
        note(req.url, req.query)
        res.end()
      })
      return app
    },
    targets.map((target) => get(target)),
    { refusedByTurbo: refusedFragments(targets) },
  )
}

tryParser('the simple parser is the default', undefined, [...queries, '/?__proto__=x&constructor=y'])

tryParser("'simple' and true are the parser of node:querystring", true, ['/?a[b]=1&c=2&c=3'])

tryParser('the extended parser nests', 'extended', [
  ...queries,
  '/?a[b]=1&a[c][]=2&a[c][]=3',
  '/?a[]=&a[]=b',
  `/?${Array.from({ length: 30 }, (_, at) => `x[${at}]=${at}`).join('&')}`,
  '/?a%5Bb%5D=c',
  '/?a[b=c',
  '/?a]b=c',
])

tryParser('false switches parsing off', false, ['/?a=1', '/'])

tryParser('a function parses the text', (text: string | null) => ({ text, length: text?.length }), [
  '/?a=1&b',
  '/',
  '/?',
  '/?%20',
])

tryParser('a function may give anything', (text: string) => new URLSearchParams(text).getAll('a'), [
  '/?a=1&a=2',
  '/?b',
])

scenario(
  'more than 1,000 parameters, repeated keys',
  ({ express, note }) => {
    const app = express()
    app.use((req, res) => {
      note('count', Object.keys(req.query).length)
      res.end()
    })
    return app
  },
  [
    get(`/?${Array.from({ length: 1200 }, (_, at) => `k${at}=${at}`).join('&')}`),
    get(`/?${'a=1&'.repeat(1200)}`),
  ],
)

scenario(
  'a parser that throws is an error of the handler that asked',
  ({ express, note }) => {
    const app = express()
    app.set('query parser', () => {
      throw new Error('cannot parse')
    })
    app.use((req, res) => {
      note(
        'query',
        attempt(() => req.query),
      )
      res.end()
    })
    return app
  },
  [get('/?a')],
)

scenario(
  'the query of a mounted app is parsed as that app says',
  ({ express }) => {
    const app = express()
    const child = express()
    child.set('query parser', 'extended')
    child.use((req, res) => void res.json(req.query))
    app.use('/child', child)
    app.use((req, res) => void res.json(req.query))
    return app
  },
  [get('/child?a[b]=1'), get('/?a[b]=1')],
)
