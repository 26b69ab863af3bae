import { setImmediate as soon } from 'node:timers/promises'
import type { NextFunction, Request, Response } from 'express'
import { get } from '../../harness/exchange.js'
import { answerError } from '../../harness/handlers.js'
import { area } from '../../harness/scenario.js'

const scenario = area('routing/next')

function pass(_req: Request, _res: Response, next: NextFunction): void {
  next()
}

scenario(
  'the handlers of a route run one after another, given singly, in arrays, or chained',
  ({ express, note }) => {
    const app = express()
    const step = (name: string) => (_req: Request, _res: Response, next: NextFunction) => {
      note(name)
      next()
    }
    app.get('/', step('1'), [step('2'), step('3')], step('4'))
    app
      .route('/')
      .all(step('all'))
      .get(step('5'), (_req, res) => void res.send('got'))
      .post((_req, res) => void res.send('posted'))
    return app
  },
  [get('/')],
)

scenario(
  "next('route') skips the rest of the route, next('router') the rest of the router",
  ({ express, note }) => {
    const app = express()
    const router = express.Router()
    router.get(
      '/route',
      (_req, _res, next) => next('route'),
      () => note('never'),
    )
    router.get('/route', (_req, res) => void res.send('the next route'))
    router.get('/router', (_req, _res, next) => next('router'))
    router.get('/router', () => note('never'))
    router.use('/use-route', (_req, _res, next) => next('route'))
    router.use('/use-route', (_req, res) => void res.send('after the middleware'))
    app.use(router)
    app.use((_req, res) => void res.send('behind the router'))
    return app
  },
  [get('/route'), get('/router'), get('/use-route')],
)

scenario(
  "next('router') in the app's own router ends in 404; in a mounted app it returns to the parent",
  ({ express }) => {
    const app = express()
    const child = express()
    child.use((_req, _res, next) => next('router'))
    child.use((_req, res) => void res.send('never'))
    app.use('/child', child)
    app.get('/child', (_req, res) => void res.send('parent'))
    app.get('/top', (_req, _res, next) => next('router'))
    app.get('/top', (_req, res) => void res.send('never'))
    return app
  },
  [get('/child'), get('/top')],
)

scenario(
  'falsy values given to next are no errors, truthy ones are',
  ({ express }) => {
    const app = express()
    const values: Record<string, unknown> = {
      undefined: undefined,
      null: null,
      zero: 0,
      empty: '',
      false: false,
      nan: Number.NaN,
      one: 1,
      text: 'text',
      true: true,
      object: { status: 404 },
      array: [],
    }
    app.get('/:name', (req, _res, next) => next(values[req.params.name] as never))
    app.get('/:name', (req, res) => void res.send(`went on after ${req.params.name}`))
    app.use(answerError)
    return app
  },
  ['undefined', 'null', 'zero', 'empty', 'false', 'nan', 'one', 'text', 'true', 'object', 'array'].map(
    (name) => get(`/${name}`),
  ),
)

scenario(
  'next may be called later, and what follows runs then',
  ({ express, note }) => {
    const app = express()
    app.use((_req, _res, next) => {
      setImmediate(() => {
        note('later')
        next()
      })
      note('returned')
    })
    app.use(async (_req, _res, next) => {
      await soon()
      next()
      note('behind next')
    })
    app.get('/', (_req, res) => {
      note('answers')
      res.send('late')
    })
    return app
  },
  [get('/')],
)

scenario(
  'the value that a handler returns or resolves with is ignored',
  ({ express }) => {
    const app = express()
    app.get('/both', async (_req, _res, next) => {
      next()
      return 'ignored'
    })
    app.get('/async', async (_req, res) => res.send('two'))
    app.use((_req, res) => void res.send('three'))
    return app
  },
  [get('/async'), get('/both')],
)

scenario(
  'calling next a second time goes on behind what has run',
  ({ express, note }) => {
    const app = express()
    let answers = 0
    app.use((_req, _res, next) => {
      next()
      next()
    })
    app.use((_req, res) => {
      note('reached', ++answers)
      if (answers === 1) res.send('first')
    })
    return app
  },
  [get('/')],
)

scenario(
  'a route without handlers and an empty router are passed through',
  ({ express }) => {
    const app = express()
    app.route('/')
    app.use(express.Router())
    app.use(pass)
    app.get('/', (_req, res) => void res.send('end'))
    return app
  },
  [get('/')],
)

scenario(
  'route-level error handlers of four parameters take part in the chain of the route',
  ({ express }) => {
    const app = express()
    app.get(
      '/',
      () => {
        throw new Error('first')
      },
      ((error, _req, _res, next) => {
        next(new Error(`${error.message}, then second`))
      }) as import('express').ErrorRequestHandler,
      (_req: Request, res: Response) => void res.send('never'),
      ((error, _req, res, _next) => {
        res.status(500).send(error.message)
      }) as import('express').ErrorRequestHandler,
    )
    return app
  },
  [get('/')],
)

scenario(
  'an error handler that calls next without error goes on behind it',
  ({ express }) => {
    const app = express()
    app.get('/', () => {
      throw new Error('forgiven')
    })
    app.use(((_error, _req, _res, next) => next()) as import('express').ErrorRequestHandler)
    app.get('/', (_req, res) => void res.send('went on'))
    return app
  },
  [get('/')],
)
