import { readFile } from 'node:fs'
import { join } from 'node:path'
import type { ErrorRequestHandler, Express } from 'express'
import { attempt } from '../../harness/describe.js'
import { get } from '../../harness/exchange.js'
import { fixtures } from '../../harness/fixtures.js'
import { area } from '../../harness/scenario.js'
import type { Stage } from '../../harness/stage.js'

const scenario = area('app/render')

const views = join(fixtures, 'views')

type Rendered = (error: Error | null, text?: string) => void

/** An engine of a few lines: `{{name}}` is replaced by an option, the file is read anew each time. */
function tinyEngine(path: string, options: object, done: Rendered): void {
  readFile(path, 'utf8', (error, text) => {
    if (error) done(error)
    else
      done(
        null,
        text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(Reflect.get(options, name))),
      )
  })
}

function appWithViews({ express }: Stage): Express {
  const app = express()
  app.engine('tpl', tinyEngine)
  app.set('views', views)
  return app
}

scenario(
  'res.render fills a view with options, res.locals and app.locals, the nearest winning',
  (stage) => {
    const app = appWithViews(stage)
    app.locals['user'] = 'from the app'
    app.get('/app', (_req, res) => {
      res.render('user.tpl')
    })
    app.get('/res', (_req, res) => {
      res.locals['user'] = 'from the response'
      res.render('user.tpl')
    })
    app.get('/own', (_req, res) => {
      res.locals['user'] = 'from the response'
      res.render('user.tpl', { user: 'from the call' })
    })
    return app
  },
  [get('/app'), get('/res'), get('/own')],
)

scenario(
  'view engine supplies the extension, with and without a dot',
  (stage) => {
    const app = appWithViews(stage)
    app.set('view engine', 'tpl')
    app.get('/plain', (_req, res) => {
      res.render('user', { user: 'a' })
    })
    app.get('/dotted', (_req, res) => {
      app.set('view engine', '.tpl')
      res.render('user', { user: 'b' })
    })
    app.get('/folder', (_req, res) => {
      res.render('pages', { user: 'c' })
    })
    app.get('/deep', (_req, res) => {
      res.render('pages/about', { user: 'd' })
    })
    return app
  },
  [get('/plain'), get('/dotted'), get('/folder'), get('/deep')],
)

scenario(
  'several views folders are searched in order',
  (stage) => {
    const app = appWithViews(stage)
    app.set('views', [join(views, 'pages'), views])
    app.get('/:name', (req, res) => {
      res.render(`${req.params.name}.tpl`, { user: 'x' })
    })
    return app
  },
  [get('/about'), get('/user'), get('/none')],
)

scenario(
  'a view that is not found is an error that names the folders',
  (stage) => {
    const app = appWithViews(stage)
    app.get('/one', (_req, res) => {
      res.render('missing.tpl')
    })
    app.get('/many', (_req, res) => {
      app.set('views', [views, '/nowhere', '/else'])
      res.render('missing.tpl')
    })
    return app
  },
  [get('/one'), get('/many')],
)

scenario(
  'app.render calls back later, with the text or the error, and may go without options',
  async (stage) => {
    const app = appWithViews(stage)
    const { note } = stage
    app.engine('bad', () => {
      throw new Error('the engine threw')
    })
    const call = (label: string, ...args: unknown[]) =>
      new Promise<void>((resolve) => {
        Reflect.apply(app.render, app, [
          ...args,
          (error: unknown, text: unknown) => {
            note(label, error ?? text)
            resolve()
          },
        ])
        note(`${label} was called`)
      })
    await call('options', 'user.tpl', { user: 'tobi' })
    await call('null', 'user.tpl', null)
    await call('nothing', 'user.tpl')
    await call('missing', 'missing.tpl', {})
    await call('throws', 'throws.bad', {})
  },
  [],
)

scenario(
  'res.render with a callback leaves the answer to it',
  (stage) => {
    const app = appWithViews(stage)
    app.get('/third', (_req, res) => {
      res.render('user.tpl', { user: 'a' }, (error, text) => {
        res.json({ error, text })
      })
    })
    app.get('/second', (_req, res) => {
      res.locals['user'] = 'local'
      res.render('user.tpl', (_error: Error, text: string) => {
        res.type('txt').send(text)
      })
    })
    app.get('/error', (_req, res) => {
      res.render('missing.tpl', (error: Error) => {
        res.status(500).json({ message: error.message.split('"')[0] })
      })
    })
    return app
  },
  [get('/third'), get('/second'), get('/error')],
)

scenario(
  'what the engine throws or reports goes to the error handlers',
  (stage) => {
    const app = appWithViews(stage)
    app.engine('throw', () => {
      throw Object.assign(new Error('thrown'), { status: 503 })
    })
    app.engine('fail', (_path: string, _options: object, done: Rendered) => done(new Error('reported')))
    app.get('/:kind', (req, res) => {
      res.render(`engine.${req.params.kind}`)
    })
    return app
  },
  [get('/throw'), get('/fail')],
)

scenario(
  'engines: with or without dot, per extension, refused when not a function',
  (stage) => {
    const app = appWithViews(stage)
    const { note } = stage
    note(
      'not a function',
      attempt(() => app.engine('html', {} as never)),
    )
    note(
      'gives the app',
      app.engine('.html', (_path: string, _options: object, done: Rendered) => done(null, 'H')) === app,
    )
    app.get('/html', (_req, res) => {
      res.render('page.html')
    })
    app.get('/none', (_req, res) => {
      res.render('user')
    })
    return app
  },
  [get('/html'), get('/none')],
)

scenario(
  'the engine is given the locals, the settings and whether to cache',
  (stage) => {
    const app = appWithViews(stage)
    app.locals['a'] = 1
    app.engine('keys', (_path: string, options: object, done: Rendered) => {
      const { settings, _locals, ...rest } = options as Record<string, unknown>
      done(null, JSON.stringify([Object.keys(options), settings === app.settings, _locals, rest]))
    })
    app.get('/', (_req, res) => {
      res.locals['b'] = 2
      res.render('engine.keys', { c: 3 })
    })
    app.get('/cache', (_req, res) => {
      app.enable('view cache')
      res.render('engine.keys', { c: 3 })
    })
    return app
  },
  [get('/'), get('/cache')],
)

scenario(
  'with the view cache a view is looked up once',
  (stage) => {
    const app = appWithViews(stage)
    const Base = app.get('view')
    const { note } = stage
    app.enable('view cache')
    app.set(
      'view',
      class extends Base {
        lookup(name: string) {
          note('lookup', name)
          return super.lookup(name)
        }
      },
    )
    app.get('/', (_req, res) => {
      res.render('user.tpl', { user: 'x' })
    })
    app.get('/uncached', (_req, res) => {
      res.render('user.tpl', { user: 'x', cache: false })
    })
    return app
  },
  [get('/'), get('/'), get('/uncached'), get('/')],
)

scenario(
  'a View of one’s own replaces the lookup',
  (stage) => {
    const app = appWithViews(stage)
    class View {
      path: string
      constructor(name: string, options: { defaultEngine: string; root: string; engines: object }) {
        stage.note('asked for', [
          name,
          options.defaultEngine,
          options.root === views,
          Object.keys(options.engines),
        ])
        this.path = name
      }
      render(options: { user: string }, done: Rendered) {
        done(null, `own view of ${options.user}`)
      }
    }
    app.set('view', View)
    app.get('/', (_req, res) => {
      res.render('anything', { user: 'tobi' })
    })
    return app
  },
  [get('/')],
)

scenario(
  'a mounted app inherits the engines, views and view engine of its parent',
  (stage) => {
    const app = appWithViews(stage)
    const child = stage.express()
    app.set('view engine', 'tpl')
    app.use('/child', child)
    child.set('views', views)
    child.get('/', (_req, res) => {
      res.render('user', { user: 'child' })
    })
    return app
  },
  [get('/child')],
)

scenario(
  'rendering keeps a type and status that were set',
  (stage) => {
    const app = appWithViews(stage)
    app.get('/', (_req, res) => {
      res.status(201).type('text/plain').render('user.tpl', { user: 'x' })
    })
    return app
  },
  [get('/')],
)

scenario(
  'an engine that was not registered is required by its extension',
  (stage) => {
    const app = appWithViews(stage)
    app.get('/', (_req, res) => {
      res.render('no-such-engine-module.xyzzy')
    })
    app.use(((error, _req, res, _next) => {
      res.status(500).send(`${error.code} ${error.message.split('\n')[0]}`)
    }) as ErrorRequestHandler)
    return app
  },
  [get('/')],
)
