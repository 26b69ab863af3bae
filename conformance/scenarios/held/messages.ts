import { get } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'

const scenario = area('held/messages')

function twice<T>(value: T): T[] {
  return [value, value]
}

scenario(
  'messages are of classes of their application',
  ({ express }) => {
    const app = express()
    app.get('/', (req, res) => {
      res.json([req.constructor.name, res.constructor.name])
    })
    return app
  },
  // Twice: a server that somebody else made gives out the application's classes from its second request on.
  [get('/'), get('/')],
  {
    differs: {
      id: 'message-classes',
      express: { sheets: twice({ body: '["IncomingMessage","ServerResponse"]' }), notes: [] },
      subject: { sheets: twice({ body: '["Request","Response"]' }), notes: [] },
    },
  },
)

scenario(
  'res.locals is made when it is asked for',
  ({ express }) => {
    const app = express()
    app.get('/', (_req, res) => {
      const before = Object.hasOwn(res, 'locals')
      res.locals['name'] = 'value'
      res.json([before, res.locals])
    })
    return app
  },
  [get('/')],
  {
    differs: {
      id: 'locals-when-asked',
      express: { sheets: [{ body: '[true,{"name":"value"}]' }], notes: [] },
      subject: { sheets: [{ body: '[false,{"name":"value"}]' }], notes: [] },
    },
  },
)

scenario(
  'a mounted app whose prototypes are bare leaves the messages those of its parent',
  ({ express }) => {
    const app = express()
    const child = express()
    let count = 0
    child.get('/', (_req, res) => {
      count++
      Object.assign(child.response, { added: () => 'added' })
      const added: unknown = Reflect.get(res, 'added')
      res.json([count, typeof added])
    })
    app.use('/child', child)
    return app
  },
  [get('/child'), get('/child')],
  {
    // The messages of other servers get the prototypes of each app that they enter.
    carriers: ['listen'],
    differs: {
      id: 'mounted-prototypes',
      express: { sheets: [{ body: '[1,"function"]' }, { body: '[2,"function"]' }], notes: [] },
      subject: { sheets: [{ body: '[1,"undefined"]' }, { body: '[2,"function"]' }], notes: [] },
    },
  },
)
