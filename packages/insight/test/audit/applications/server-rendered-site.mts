import { readFile } from 'node:fs'
import { join } from 'node:path'
import cookieParser from 'cookie-parser'
import session, { type SessionData } from 'express-session'
import helmet from 'helmet'
import type { RequestHandler } from 'nozomi'
import { FILES } from './files.mjs'
import type { Framework } from './framework.mjs'

declare module 'express-session' {
  interface SessionData {
    visitor?: string
  }
}

/** Pages from templates, forms, and sessions that are kept outside of the process. */
export function createServerRenderedSite(express: Framework) {
  const app = express()
  app.engine('html', renderHtml)
  app.set('view engine', 'html')
  app.set('views', join(FILES, 'views'))
  app.set('trust proxy', 'loopback')
  app.use(helmet())
  app.use('/assets', express.static(join(FILES, 'public'), { maxAge: '1d' }))
  app.use(cookieParser('a secret of cookies'))
  app.use(
    session({
      name: 'site.session',
      secret: 'a secret of sessions',
      store: new TableStore(),
      resave: false,
      saveUninitialized: false,
      cookie: { secure: 'auto', sameSite: 'lax', maxAge: 3_600_000 },
    }),
  )
  app.use((req, res, next) => {
    res.locals['visitor'] = req.session.visitor ?? 'nobody'
    next()
  })
  app.use(express.urlencoded({ extended: false }))

  app.get('/', (_req, res) => res.render('index', { title: 'Home' }))
  app.get('/sign-in', (_req, res) => res.render('index', { title: 'Sign in' }))
  app.post('/sign-in', (req, res, next) => {
    req.session.regenerate((error) => {
      if (error) return next(error)
      req.session.visitor = String(req.body.name)
      res.redirect('/account')
    })
  })
  app.get('/account', requireVisitor, (_req, res) => res.render('index', { title: 'Account' }))
  app.all('/sign-out', (req, res, next) => {
    req.session.destroy((error) => (error ? next(error) : res.redirect('/')))
  })

  app.use((_req, res) => {
    res.status(404).render('index', { title: 'Not found' })
  })
  app.use(((error, _req, res, next) => {
    if (res.headersSent) return next(error)
    res.status(500).render('index', { title: 'Something went wrong' })
  }) satisfies import('nozomi').ErrorRequestHandler)
  return app
}

const requireVisitor: RequestHandler = (req, res, next) => {
  if (req.session.visitor) return next()
  res.redirect('/sign-in')
}

type Rendered = (error: Error | null, html?: string) => void

function renderHtml(path: string, values: object, done: Rendered): void {
  readFile(path, 'utf8', (error, text) => {
    if (error) return done(error)
    done(
      null,
      text.replaceAll(/\{(\w+)\}/gu, (_all, name: string) =>
        String((values as Record<string, unknown>)[name]),
      ),
    )
  })
}

/** Stands for a table of a database. */
class TableStore extends session.Store {
  readonly #rows = new Map<string, string>()

  override get(id: string, done: (error: unknown, session?: SessionData | null) => void): void {
    const row = this.#rows.get(id)
    setImmediate(done, null, row === undefined ? null : (JSON.parse(row) as SessionData))
  }

  override set(id: string, data: SessionData, done?: (error?: unknown) => void): void {
    this.#rows.set(id, JSON.stringify(data))
    if (done) setImmediate(done)
  }

  override destroy(id: string, done?: (error?: unknown) => void): void {
    this.#rows.delete(id)
    if (done) setImmediate(done)
  }
}
