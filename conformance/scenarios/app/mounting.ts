import { get } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'

const scenario = area('app/mounting')

scenario(
  'mount is emitted on the child with the parent, and once for each mounting',
  ({ express, note }) => {
    const app = express()
    const child = express()
    child.on('mount', (parent) => note('mounted on the app', parent === app))
    app.use('/one', child)
    note('mountpath', child.mountpath)
    app.use(['/two', '/three'], child)
    note('mountpath', child.mountpath)
    note('parent', (child as unknown as { parent: unknown }).parent === app)
  },
  [],
)

scenario(
  'path() joins the mount paths of all parents',
  ({ express, note }) => {
    const app = express()
    const blog = express()
    const admin = express()
    app.use('/blog', blog)
    blog.use('/admin', admin)
    note('paths', [app.path(), blog.path(), admin.path()])
    note('mountpaths', [app.mountpath, blog.mountpath, admin.mountpath])
  },
  [],
)

scenario(
  'baseUrl, url and originalUrl follow the mounting through three levels',
  ({ express, note }) => {
    const app = express()
    const blog = express()
    const posts = express.Router()
    posts.get('/:id', (req, res) => {
      res.json([req.baseUrl, req.url, req.originalUrl, req.path])
    })
    posts.get('/:id/next', (req, _res, next) => {
      note('in the router', [req.baseUrl, req.url])
      next()
    })
    blog.use('/posts', posts)
    blog.use((req, _res, next) => {
      note('in the blog', [req.baseUrl, req.url])
      next()
    })
    app.use('/blog', blog)
    app.use((req, res) => {
      note('in the app', [req.baseUrl, req.url])
      res.send('out')
    })
    return app
  },
  [get('/blog/posts/3?x=1'), get('/blog/posts/3/next'), get('/blog/posts/')],
)

scenario(
  'a mounted app inherits the settings of its parent and may override them',
  ({ express, note }) => {
    const app = express()
    const child = express()
    app.set('title', 'parent')
    app.set('json spaces', 2)
    app.enable('strict routing')
    app.use('/child', child)
    note('inherited', [child.get('title'), child.get('json spaces'), child.enabled('strict routing')])
    app.set('title', 'changed')
    note('follows', child.get('title'))
    child.set('title', 'own')
    note('own', [child.get('title'), app.get('title')])
    note('defaults of the child stay', [child.get('etag'), child.get('x-powered-by'), child.get('env')])
    child.get('/', (_req, res) => {
      res.json({ a: 1 })
    })
    return app
  },
  [get('/child')],
)

scenario(
  'trust proxy is inherited unless the child has set it',
  ({ express, note }) => {
    const app = express()
    const inherits = express()
    const own = express()
    app.set('trust proxy', true)
    own.set('trust proxy', false)
    app.use('/inherits', inherits)
    app.use('/own', own)
    note('settings', [inherits.get('trust proxy'), own.get('trust proxy')])
    for (const child of [inherits, own]) {
      child.use((req, res) => {
        res.send(`${req.ip} ${req.protocol}`)
      })
    }
    return app
  },
  [
    get('/inherits', { 'X-Forwarded-For': '9.8.7.6', 'X-Forwarded-Proto': 'https' }),
    get('/own', { 'X-Forwarded-For': '9.8.7.6', 'X-Forwarded-Proto': 'https' }),
  ],
)

scenario(
  'a child sees the request and response extensions of its parent, not the other way round',
  ({ express }) => {
    const app = express()
    const child = express()
    Object.assign(app.request, { fromParent: () => 'parent request' })
    Object.assign(app.response, {
      shout(this: { send(body: string): void }, text: string) {
        this.send(text.toUpperCase())
      },
    })
    Object.assign(child.response, {
      whisper(this: { send(body: string): void }, text: string) {
        this.send(text.toLowerCase())
      },
    })
    type Extended = { shout?(text: string): void; whisper?(text: string): void }
    child.get('/shout', (req, res) => {
      ;(res as Extended).shout?.((req as unknown as { fromParent(): string }).fromParent())
    })
    child.get('/whisper', (_req, res) => {
      ;(res as Extended).whisper?.('LOW')
    })
    app.use('/child', child)
    app.use((_req, res) => {
      res.send(typeof (res as Extended).whisper)
    })
    return app
  },
  [get('/child/shout'), get('/child/whisper'), get('/child/none')],
)

scenario(
  'the errors of a mounted app reach the error handlers of its parent, with the prototypes restored',
  ({ express }) => {
    const app = express()
    const child = express()
    child.get('/boom', () => {
      throw new Error('from the child')
    })
    app.use('/child', child)
    app.use(((error, req, res, _next) => {
      res.status(500).send(`${error.message} ${req.app === app} ${res.app === app} ${req.baseUrl} ${req.url}`)
    }) as import('express').ErrorRequestHandler)
    return app
  },
  [get('/child/boom')],
)

scenario(
  'res.locals is shared by the apps that a request passes, app.locals is not',
  ({ express }) => {
    const app = express()
    const child = express()
    app.locals['name'] = 'parent'
    child.locals['name'] = 'child'
    app.use((_req, res, next) => {
      res.locals['seen'] = ['parent']
      next()
    })
    child.use((req, res, next) => {
      res.locals['seen'].push(`child ${req.app.locals['name']}`)
      next()
    })
    app.use('/child', child)
    app.use((req, res) => {
      res.json({ seen: res.locals['seen'], name: req.app.locals['name'] })
    })
    return app
  },
  [get('/child/x'), get('/')],
)

scenario(
  'x-powered-by is that of each app that is entered',
  ({ express }) => {
    const app = express()
    app.disable('x-powered-by')
    const child = express()
    child.get('/', (_req, res) => {
      res.send('child')
    })
    app.use('/child', child)
    app.get('/', (_req, res) => {
      res.send('parent')
    })
    return app
  },
  [get('/'), get('/child')],
)

scenario(
  'an app can be mounted behind a param path and several times',
  ({ express }) => {
    const app = express()
    const child = express()
    child.get('/{:page}', (req, res) => {
      res.json([req.params, req.baseUrl, child.path()])
    })
    app.use('/:tenant', child)
    app.use('/deep/er', child)
    return app
  },
  [get('/acme/home'), get('/acme'), get('/deep/er/x')],
)
