import { setImmediate as soon } from 'node:timers/promises'
import { attempt } from '../../harness/describe.js'
import { get } from '../../harness/exchange.js'
import { answerError, answerRouting } from '../../harness/handlers.js'
import { area } from '../../harness/scenario.js'

const scenario = area('routing/params')

scenario(
  'a param callback runs before the route, once for each value',
  ({ express, note }) => {
    const app = express()
    app.param('id', (_req, _res, next, value, name) => {
      note('param', [value, name])
      next()
    })
    app.use('/users/:id', (_req, _res, next) => {
      note('use')
      next()
    })
    app.get('/users/:id', (_req, _res, next) => {
      note('first route')
      next()
    })
    app.get('/:kind/:id', answerRouting)
    return app
  },
  [get('/users/7'), get('/pets/8')],
)

scenario(
  'the callback is called again when the value changes on the way',
  ({ express, note }) => {
    const app = express()
    app.param('user', (req, _res, next, value) => {
      note('user', value)
      req.params['user'] = `loaded ${value}`
      next()
    })
    app.get('/:user/bob', (req, _res, next) => {
      note('first', req.params)
      next()
    })
    app.get('/foo/:user', (req, _res, next) => {
      note('second', req.params)
      next()
    })
    app.get('/:user/*rest', (req, res) => {
      res.json(req.params)
    })
    return app
  },
  [get('/foo/bob')],
)

scenario(
  'several callbacks for one name run in order, callbacks for several names in order of the path',
  ({ express, note }) => {
    const app = express()
    app.param(['b', 'a'], (_req, _res, next, _value, name) => {
      note('array', name)
      next()
    })
    app.param('a', (_req, _res, next) => {
      note('second for a')
      next()
    })
    app.get('/:a/:b', answerRouting)
    return app
  },
  [get('/1/2')],
)

scenario(
  'asynchronous callbacks are waited for',
  ({ express, note }) => {
    const app = express()
    app.param('id', async (_req, _res, next, value) => {
      await soon()
      note('loaded', value)
      next()
    })
    app.param('id', (_req, res, next, value) => {
      res.locals['id'] = value
      next()
    })
    app.get('/:id', (_req, res) => {
      res.json(res.locals['id'])
    })
    return app
  },
  [get('/7')],
)

scenario(
  'errors of callbacks: thrown, rejected, passed on, falsy',
  ({ express }) => {
    const app = express()
    app.param('how', async (_req, _res, next, value) => {
      if (value === 'reject') throw Object.assign(new Error('rejected'), { status: 418 })
      if (value === 'undefined') return Promise.reject(undefined)
      if (value === 'next') return next(new Error('passed on'))
      return next()
    })
    app.param('how', (_req, _res, next, value) => {
      if (value === 'throw') throw new Error('thrown')
      next()
    })
    app.get('/:how', answerRouting)
    app.use(answerError)
    return app
  },
  ['throw', 'reject', 'undefined', 'next', 'fine'].map((how) => get(`/${how}`)),
)

scenario(
  "next('route') in a callback leaves the route; next('router') the router",
  ({ express, note }) => {
    const app = express()
    const router = express.Router()
    router.param('id', (_req, _res, next, value) => {
      if (value === 'route') next('route')
      else if (value === 'router') next('router')
      else next()
    })
    router.get('/:id', (_req, res) => {
      res.send('first')
    })
    router.get('/:name', (req, res) => {
      note('name', req.params.name)
      res.send('second')
    })
    app.use(router)
    app.get('/:any', (_req, res) => {
      res.send('behind the router')
    })
    return app
  },
  [get('/route'), get('/router'), get('/other')],
)

scenario(
  'an error of a callback is remembered for the same param in later layers',
  ({ express, note }) => {
    const app = express()
    let calls = 0
    app.param('id', (_req, _res, next) => {
      note('calls', ++calls)
      next(new Error('no such id'))
    })
    app.use('/:id', answerRouting)
    app.get('/:id', answerRouting)
    app.use(answerError)
    return app
  },
  [get('/1')],
)

scenario(
  'callbacks belong to their router',
  ({ express, note }) => {
    const app = express()
    const router = express.Router()
    app.param('id', (_req, _res, next, value) => {
      note('app', value)
      next()
    })
    router.param('id', (_req, _res, next, value) => {
      note('router', value)
      next()
    })
    router.get('/:id', answerRouting)
    app.use('/in/:id', router)
    app.get('/out/:id', answerRouting)
    return app
  },
  [get('/in/1/2'), get('/out/3')],
)

scenario(
  'mergeParams gives a router the params of its parents, its own winning',
  ({ express }) => {
    const app = express()
    const merging = express.Router({ mergeParams: true })
    const plain = express.Router()
    for (const router of [merging, plain]) router.get('/:b/:same', (req, res) => void res.json(req.params))
    app.use('/m/:a/:same', merging)
    app.use('/p/:a/:same', plain)
    return app
  },
  [get('/m/1/2/3/4'), get('/p/1/2/3/4')],
)

scenario(
  'mergeParams moves numbered groups behind those of the parent',
  ({ express }) => {
    const app = express()
    const router = express.Router({ mergeParams: true })
    router.get(/^\/(.)(.)$/, (req, res) => void res.json(req.params))
    router.get(/^\/one\/(?<name>.)$/, (req, res) => void res.json(req.params))
    app.use(/^\/(\d)-(\d)/, router)
    app.use('/:x', router)
    return app
  },
  [get('/1-2/ab'), get('/1-2/one/n'), get('/x/ab')],
)

scenario(
  'params are restored on the way out of a router',
  ({ express, note }) => {
    const app = express()
    const router = express.Router()
    router.get('/:inner', (req, _res, next) => {
      note('inner', { ...req.params })
      next()
    })
    app.use('/:outer', (req, _res, next) => {
      note('before', { ...req.params })
      next()
    })
    app.use('/:outer', router, (req, _res, next) => {
      note('after', { ...req.params })
      next()
    })
    app.use((req, res) => {
      note('at the end', { ...req.params })
      res.end()
    })
    return app
  },
  [get('/a/b')],
)

scenario(
  'changes to req.params do not outlive the layer',
  ({ express }) => {
    const app = express()
    app.get('/:id', (req, _res, next) => {
      req.params['id'] = 'changed'
      next()
    })
    app.get('/:id', (req, _res, next) => {
      req.params = { id: 'replaced' }
      next()
    })
    app.get('/:id', answerRouting)
    return app
  },
  [get('/original')],
)

scenario(
  'prototypes of params: strings, wildcards, regular expressions, none',
  ({ express, note }) => {
    const app = express()
    const look = (label: string) => (req: import('express').Request, _res: unknown, next: () => void) => {
      note(label, req.params)
      next()
    }
    app.use(look('none'))
    app.use('/:a', look('use'))
    app.get('/:a/*rest', look('route') as never)
    app.get(/^\/(.)\/(?<named>.*)/, look('regexp') as never)
    app.use((_req, res) => void res.end())
    return app
  },
  [get('/a/b')],
)

scenario(
  'what param() refuses',
  ({ express, note }) => {
    const app = express()
    const router = express.Router()
    note(
      'no function',
      attempt(() => app.param('id', undefined as never)),
    )
    note(
      'not a function',
      attempt(() => router.param('id', 'x' as never)),
    )
    note(
      'no name',
      attempt(() => router.param('' as never, () => {})),
    )
    note(
      'a name that is no string',
      attempt(() => router.param(7 as never, () => {})),
    )
    note(
      'a function alone',
      attempt(() => app.param((() => {}) as never, undefined as never)),
    )
    note('gives the app', app.param('id', () => {}) === app)
    note('gives the router', router.param('id', () => {}) === router)
    note('kept', Object.keys(Reflect.get(router, 'params')))
  },
  [],
)
