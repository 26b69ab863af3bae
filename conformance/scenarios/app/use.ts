import type { NextFunction, Request, Response } from 'express'
import { attempt } from '../../harness/describe.js'
import { get, post } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'

const scenario = area('app/use')

/** Middleware that adds its name to what the last one answers. */
function mark(name: string) {
  return (_req: Request, res: Response, next: NextFunction) => {
    res.locals['marks'] = [...(res.locals['marks'] ?? []), name]
    next()
  }
}

function answerMarks(req: Request, res: Response) {
  res.json({ marks: res.locals['marks'], url: req.url, baseUrl: req.baseUrl, originalUrl: req.originalUrl })
}

scenario(
  'middleware runs in the order of registration, for every method',
  ({ express }) => {
    const app = express()
    app.use(mark('one'))
    app.use(mark('two'))
    app.use(answerMarks)
    return app
  },
  [get('/'), post('/some/path?x=1', null, 'body'), get('/a/b/')],
)

scenario(
  'a path is a prefix that ends at a slash and is taken off req.url',
  ({ express }) => {
    const app = express()
    app.use('/blog', mark('blog'), answerMarks)
    app.use(answerMarks)
    return app
  },
  [
    get('/blog'),
    get('/blog/'),
    get('/blog/post/1?q=2'),
    get('/blog?q'),
    get('/blogs'),
    get('/BLOG/x'),
    get('/blog.html'),
    get('/blog//x'),
    get('//blog/x'),
  ],
)

scenario(
  'a trailing slash of the path of use is not significant',
  ({ express }) => {
    const app = express()
    app.use('/blog/', answerMarks)
    return app
  },
  [get('/blog'), get('/blog/'), get('/blog/x'), get('/blogx')],
)

scenario(
  'an array of paths mixes strings, patterns and regular expressions',
  ({ express }) => {
    const app = express()
    app.use(['/a', '/b/:id', /^\/c\d/], mark('any'), (req, res) => {
      res.json({ params: req.params, url: req.url, baseUrl: req.baseUrl, marks: res.locals['marks'] })
    })
    return app
  },
  [get('/a/x'), get('/b/7/x'), get('/b'), get('/c1/x'), get('/c1'), get('/c12/x'), get('/d')],
)

scenario(
  'nested arrays of middleware are flattened',
  ({ express }) => {
    const app = express()
    app.use([mark('1'), [mark('2'), [mark('3')]]] as never, mark('4'))
    app.use('/x', [[mark('5')], mark('6')] as never, answerMarks)
    app.use(answerMarks)
    return app
  },
  [get('/'), get('/x/y')],
)

scenario(
  'params of the path of use are seen by its middleware alone',
  ({ express, note }) => {
    const app = express()
    app.use('/users/:id', (req, _res, next) => {
      note('inside', { ...req.params })
      next()
    })
    app.use((req, res) => {
      note('behind', { ...req.params })
      res.send('end')
    })
    return app
  },
  [get('/users/7/pets'), get('/users/a%20b'), get('/users')],
)

scenario(
  'a router is middleware, with and without a path',
  ({ express }) => {
    const app = express()
    const router = express.Router()
    router.get('/list', answerMarks)
    router.use(mark('router'))
    router.get('/after', answerMarks)
    app.use('/api', router)
    app.use(router)
    app.use(answerMarks)
    return app
  },
  [get('/api/list'), get('/api/after'), get('/list'), get('/api/none'), get('/api')],
)

scenario(
  'an app is middleware of another app',
  ({ express }) => {
    const app = express()
    const admin = express()
    admin.get('/', (req, res) => {
      res.send(`admin ${req.app === admin} ${res.app === admin} ${req.baseUrl} ${admin.mountpath}`)
    })
    admin.get('/pass', (_req, _res, next) => next())
    app.use('/admin', admin)
    app.use((req, res) => {
      res.send(`outer ${req.app === app} ${res.app === app} ${req.baseUrl}|${req.url}`)
    })
    return app
  },
  [get('/admin'), get('/admin/'), get('/admin/pass'), get('/admin/none')],
)

scenario(
  'use refuses what is no middleware',
  ({ express, note }) => {
    const app = express()
    note(
      'nothing',
      attempt(() => (app.use as () => void)()),
    )
    note(
      'a path alone',
      attempt(() => app.use('/only' as never)),
    )
    note(
      'an empty array',
      attempt(() => app.use([])),
    )
    note(
      'a path and an empty array',
      attempt(() => app.use('/x', [])),
    )
    note(
      'a number',
      attempt(() => app.use('/x', 3 as never)),
    )
    note(
      'a string in an array',
      attempt(() => app.use(['/x'] as never, ['no'] as never)),
    )
    note(
      'null',
      attempt(() => app.use('/x', null as never)),
    )
    note(
      'a plain object',
      attempt(() => app.use({} as never)),
    )
    note(
      'an object as handler',
      attempt(() => app.use('/', { handle() {} } as never)),
    )
    note(
      'a date',
      attempt(() => app.use(new Date() as never)),
    )
  },
  [],
)

scenario(
  'use gives the app, router.use the router, and both take several handlers',
  ({ express, note }) => {
    const app = express()
    const router = express.Router()
    note('app', app.use(mark('a')) === app)
    note('app with a path', app.use('/x', mark('a'), mark('b')) === app)
    note('router', router.use(mark('a')) === router)
    note('layers', app.router.stack.length)
    note('layers of the router', router.stack.length)
  },
  [],
)

scenario(
  'error middleware is passed over when there is no error, whatever its path',
  ({ express }) => {
    const app = express()
    app.use((_err: Error, _req: Request, res: Response, _next: NextFunction) => {
      res.send('never')
    })
    app.use('/x', (_err: Error, _req: Request, res: Response, _next: NextFunction) => {
      res.send('never')
    })
    app.use(answerMarks)
    return app
  },
  [get('/'), get('/x')],
)

scenario(
  'middleware with more than four parameters is neither handler nor error handler',
  ({ express }) => {
    const app = express()
    const five = (_a: unknown, _b: unknown, _c: unknown, _d: unknown, _e: unknown) => {}
    app.use(five as never)
    app.get('/boom', () => {
      throw new Error('boom')
    })
    app.use(five as never)
    app.use((error: Error, _req: Request, res: Response, _next: NextFunction) => {
      res.status(500).send(`handled ${error.message}`)
    })
    return app
  },
  [get('/'), get('/boom')],
)

scenario(
  'middleware added while serving takes part at once',
  ({ express }) => {
    const app = express()
    app.get('/add', (_req, res) => {
      app.get('/late', (_req, res) => {
        res.send('late')
      })
      res.send('added')
    })
    return app
  },
  [get('/late'), get('/add'), get('/late')],
)

scenario(
  'case sensitive routing holds for the paths of use',
  ({ express }) => {
    const app = express()
    app.enable('case sensitive routing')
    app.use('/Blog', answerMarks)
    return app
  },
  [get('/Blog/x'), get('/blog/x')],
)
