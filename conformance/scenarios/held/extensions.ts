import type { ErrorRequestHandler } from 'express'
import { attempt } from '../../harness/describe.js'
import { get, postJson } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'

const scenario = area('held/extensions')

const express4: Record<string, string> = {
  '/files/:name.:ext?': '/files/a.txt',
  '/user/:id(\\d+)': '/user/42',
  '/all/*': '/all/a/b',
  '/ab+cd': '/abbbcd',
  '/go(od)?bye': '/gobye',
}

scenario(
  'patterns of Express 4 keep the meaning that they had there',
  ({ express, note }) => {
    const app = express()
    for (const pattern of Object.keys(express4)) {
      note(
        pattern,
        attempt(() => typeof app.get(pattern, (req, res) => void res.json({ ...req.params }))),
      )
    }
    return app
  },
  [...Object.values(express4).map((target) => get(target)), get('/user/x')],
  {
    differs: {
      id: 'express-4-patterns',
      express: {
        sheets: [...Object.keys(express4).map(() => ({ status: 404 })), 'same'],
        notes: Object.keys(express4).map(() => /threw TypeError: .*path-?to-?regexp/i),
      },
      subject: {
        sheets: [
          { status: 200, body: '{"name":"a","ext":"txt"}' },
          { status: 200, body: '{"id":"42"}' },
          { status: 200, body: '{"0":"a/b"}' },
          { status: 200, body: '{}' },
          { status: 200, body: '{}' },
          'same',
        ],
        notes: Object.keys(express4).map(() => /= \{ returned: 'function' \}$/),
      },
    },
  },
)

scenario(
  'req.query is one object, keeps changes, and can be assigned',
  ({ express, note }) => {
    const app = express()
    app.use((req, _res, next) => {
      note('the same', req.query === req.query)
      req.query['added'] = 'yes'
      next()
    })
    app.use((req, _res, next) => {
      note('changed', Object.keys(req.query))
      const assigned = attempt(() => {
        req.query = { own: 'x' }
      })
      note('assigned', String((assigned as object).constructor.name))
      next()
    })
    app.use((req, res) => void res.json(req.query))
    return app
  },
  [get('/?a=1')],
  {
    differs: {
      id: 'query-lasting',
      express: {
        sheets: [{ body: '{"a":"1"}' }],
        notes: ['the same = false', "changed = [ 'a' ]", "assigned = 'Thrown'"],
      },
      subject: {
        sheets: [{ body: '{"own":"x"}' }],
        notes: ['the same = true', "changed = [ 'a', 'added' ]", "assigned = 'Object'"],
      },
    },
  },
)

scenario(
  'app._router is the router',
  ({ express, note }) => {
    const app = express()
    app.get('/', () => {})
    const router = (app as unknown as { _router?: { stack: unknown[] } })._router
    note('_router', router && [router === (app.router as unknown), router.stack.length])
  },
  [],
  {
    differs: {
      id: 'app-router-alias',
      express: { sheets: [], notes: ['_router = undefined'] },
      subject: { sheets: [], notes: ['_router = [ true, 1 ]'] },
    },
  },
)

scenario(
  'toExpress5Pattern gives the equivalent of an Express 4 pattern',
  ({ express, note }) => {
    const translate = Reflect.get(express, 'toExpress5Pattern') as
      | ((pattern: string) => { pattern: string; differences: string[] })
      | undefined
    note('statics', Object.keys(express).includes('toExpress5Pattern'))
    note('optional', translate?.('/files/:name?').pattern)
  },
  [],
  {
    differs: {
      id: 'express-4-patterns',
      express: { sheets: [], notes: ['statics = false', 'optional = undefined'] },
      subject: { sheets: [], notes: ['statics = true', "optional = '/files{/:name}'"] },
    },
  },
)

interface LayerLike {
  match(path: string): unknown
  params?: object
  path?: string
  keys?: string[]
}

scenario(
  'a layer that was asked remembers what it found; a request leaves nothing',
  ({ express, note }) => {
    const app = express()
    app.get('/users/:id', (_req, res) => {
      const [layer] = (app.router as unknown as { stack: LayerLike[] }).stack
      const seen = () => [{ ...layer?.params }, layer?.path, [...(layer?.keys ?? [])]]
      note('in a request', seen())
      layer?.match('/users/8')
      note('asked', seen())
      layer?.match('/none')
      note('asked in vain', seen())
      res.end()
    })
    return app
  },
  [get('/users/7')],
  {
    differs: {
      id: 'layer-match-remembered',
      express: {
        sheets: ['same'],
        notes: [
          'in a request = [ {}, undefined, [] ]',
          'asked = [ {}, undefined, [] ]',
          'asked in vain = [ {}, undefined, [] ]',
        ],
      },
      subject: {
        sheets: ['same'],
        notes: [
          'in a request = [ {}, undefined, [] ]',
          "asked = [ { id: '8' }, '/users/8', [ 'id' ] ]",
          'asked in vain = [ {}, undefined, [] ]',
        ],
      },
    },
  },
)

scenario(
  'errors of the framework have a code',
  ({ express, note }) => {
    const app = express()
    app.use(express.json({ limit: 5 }))
    app.use(((error, _req, res, _next) => {
      note('code', error.code)
      res.status(error.status).end()
    }) as ErrorRequestHandler)
    return app
  },
  [postJson('/', '{', { 'Content-Encoding': 'none' })],
  {
    differs: {
      id: 'error-codes',
      express: { sheets: ['same'], notes: ['code = undefined'] },
      subject: { sheets: ['same'], notes: ["code = 'NOZOMI_BODY_CODING'"] },
    },
  },
)
