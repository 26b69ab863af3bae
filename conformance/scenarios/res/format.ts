import type { ErrorRequestHandler, Response } from 'express'
import { get } from '../../harness/exchange.js'
import { answerError } from '../../harness/handlers.js'
import { area } from '../../harness/scenario.js'

const scenario = area('res/format')

const accepts = [
  null,
  'text/html; q=.5, application/json, */*; q=.1',
  'text/html; q=.5, text/plain',
  'application/*; q=.5, text/plain; q=.4',
  'foo/bar',
  'text/*',
  '*/*',
  'text/html;level=1',
]

function tryAccepts() {
  return accepts.map((accept) => get('/', accept === null ? [] : { Accept: accept }))
}

scenario(
  'by full types',
  ({ express }) => {
    const app = express()
    app.use((req, res) => {
      res.format({
        'text/plain': () => res.send('hey'),
        'text/html': () => res.send('<p>hey</p>'),
        'application/json': (given: unknown, response: Response, next: unknown) => {
          response.json({ req: given === req, next: typeof next })
        },
      })
    })
    app.use(answerError)
    return app
  },
  tryAccepts(),
)

scenario(
  'by extensions',
  ({ express }) => {
    const app = express()
    app.use((_req, res) => {
      res.format({
        text: () => res.send('hey'),
        html: () => res.send('<p>hey</p>'),
        json: () => res.send({ hey: 1 }),
      })
    })
    app.use(answerError)
    return app
  },
  tryAccepts(),
)

scenario(
  'default answers what no type does',
  ({ express }) => {
    const app = express()
    app.use((_req, res) => {
      res.format({ text: () => res.send('text'), default: () => res.send('default') })
    })
    return app
  },
  tryAccepts(),
)

scenario(
  'default alone, and nothing at all',
  ({ express }) => {
    const app = express()
    app.get('/default', (_req, res) => void res.format({ default: () => res.send('hey') }))
    app.get('/nothing', (_req, res) => void res.format({}))
    app.use(((error, _req, res, _next) => {
      res.status(error.status).send(`${error.message} ${JSON.stringify(error.types)}`)
    }) as ErrorRequestHandler)
    return app
  },
  [get('/default', { Accept: 'a/b' }), get('/nothing', { Accept: 'a/b' }), get('/nothing')],
)

scenario(
  'types with parameters and of vendors, in a router',
  ({ express }) => {
    const app = express()
    const router = express.Router()
    router.get('/', (_req, res) => {
      res.format({
        'text/html; charset=utf-8; level=2': () => res.send('level 2'),
        'application/vnd.api+json': () => res.send({ api: true }),
      })
    })
    app.use(router)
    app.use(answerError)
    return app
  },
  [
    ...tryAccepts(),
    get('/', { Accept: 'application/vnd.api+json' }),
    get('/', { Accept: 'application/json' }),
  ],
)

scenario(
  'what a format throws is an error; Vary is added to what is there',
  ({ express }) => {
    const app = express()
    app.get('/throw', (_req, res) => {
      res.format({
        text: () => {
          throw new Error('in the format')
        },
      })
    })
    app.get('/vary', (_req, res) => {
      res.vary('Origin').format({ text: () => res.end('x') })
    })
    app.use(answerError)
    return app
  },
  [get('/throw'), get('/vary')],
)
