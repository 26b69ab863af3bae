import type { NextFunction, Request, Response } from 'express'
import { get, head, send } from '../../harness/exchange.js'
import { answerError } from '../../harness/handlers.js'
import { area } from '../../harness/scenario.js'

const scenario = area('routing/depth')

const many = 10_000

function pass(_req: Request, _res: Response, next: NextFunction): void {
  next()
}

scenario(
  '10,000 synchronous middleware do not overflow the stack',
  ({ express }) => {
    const app = express()
    for (let index = 0; index < many; index++) app.use(pass)
    app.use((_req, res) => void res.send('through'))
    return app
  },
  [get('/')],
)

scenario(
  '10,000 routes that do not match, and one that does',
  ({ express }) => {
    const app = express()
    for (let index = 0; index < many; index++) app.get(`/no/${index}`, pass)
    app.get('/yes', (_req, res) => void res.send('found'))
    return app
  },
  [get('/yes'), head('/yes'), get('/no/9999'), send({ method: 'OPTIONS', target: '/yes' })],
)

scenario(
  '10,000 handlers of one route',
  ({ express }) => {
    const app = express()
    app.get('/', new Array(many).fill(pass))
    app.get('/', (_req, res) => void res.send('through'))
    return app
  },
  [get('/')],
)

scenario(
  '6,000 error handlers that pass the error on',
  ({ express }) => {
    const app = express()
    app.use(() => {
      throw new Error('deep')
    })
    for (let index = 0; index < 6000; index++) {
      app.use(((error, _req, _res, next) => next(error)) as import('express').ErrorRequestHandler)
    }
    app.use(answerError)
    return app
  },
  [get('/')],
)

scenario(
  '300 routers within one another',
  ({ express }) => {
    const app = express()
    let inner = express.Router()
    inner.get('/', (req, res) => void res.send(`${req.baseUrl.length}`))
    for (let depth = 0; depth < 300; depth++) {
      const outer = express.Router()
      outer.use('/x', inner)
      inner = outer
    }
    app.use(inner)
    return app
  },
  [get(`${'/x'.repeat(300)}/`), get('/x/x/x')],
)

scenario(
  '6,000 callbacks of one param',
  ({ express }) => {
    const app = express()
    app.param('id', (_req, _res, next) => next())
    for (let index = 0; index < 600; index++) app.get('/:id', pass)
    app.get('/:id', (_req, res) => void res.send('through'))
    return app
  },
  [get('/7')],
)
