// CommonJS with `import = require`: what a project without esModuleInterop writes.
import compression = require('compression')
import cookieParser = require('cookie-parser')
import cors = require('cors')
import express = require('express')
import session = require('express-session')
import { rateLimit } from 'express-rate-limit'
import helmet from 'helmet'
import morgan = require('morgan')
import multer = require('multer')
import passport = require('passport')
import { Strategy } from 'passport-local'

declare global {
  namespace Express {
    interface User {
      id: number
      name: string
    }
  }
}

declare module 'express-session' {
  interface SessionData {
    visits: number
  }
}

const app: express.Express = express()
app.use(helmet())
app.use(cors({ origin: 'https://example.com' }))
app.use(compression())
app.use(morgan('combined'))
app.use(cookieParser('secret'))
app.use(express.json(), express.urlencoded({ extended: true }))
app.use(session({ secret: 'keyboard cat', resave: false, saveUninitialized: false }))
app.use(rateLimit({ windowMs: 60_000, limit: 100 }))
app.use(passport.initialize())
app.use(passport.session())
passport.use(new Strategy((name, _password, done) => done(null, { id: 1, name })))
passport.serializeUser<number>((user, done) => done(null, user.id))

const upload = multer({ dest: 'uploads/' })

app.post('/login', passport.authenticate('local', { failureRedirect: '/login' }), (req, res) => {
  const name: string | undefined = req.user?.name
  // @ts-expect-error a user has no such member
  void req.user?.absent
  res.json({ name, authenticated: req.isAuthenticated() satisfies boolean })
})

app.get('/items/:id', (req, res) => {
  const id: string = req.params.id
  // @ts-expect-error the path has no such parameter
  void req.params.absent
  res.send(id)
})

app.post('/avatar/:kind', upload.single('avatar'), (req, res, next) => {
  const file: Express.Multer.File | undefined = req.file
  if (!file) return next(new Error('no file'))
  // @ts-expect-error a file has no such member
  void file.absent
  res.status(201).json({ kind: req.params.kind, size: file.size satisfies number })
})

app.get('/visits', (req, res) => {
  req.session.visits = (req.session.visits ?? 0) + 1
  // @ts-expect-error the session has no such member
  void req.session.absent
  req.session.save((error: unknown) => error)
  const theme: unknown = req.signedCookies.theme
  res.flush()
  res
    .cookie('theme', theme ?? 'dark', { signed: true, maxAge: 1000 })
    .json({ id: req.sessionID satisfies string })
})

const router: express.Router = express.Router({ mergeParams: true })
router.param('id', (_req, _res, next, id: string) => next(id ? undefined : new Error()))
app.use('/api', router)

const onError: express.ErrorRequestHandler = (error, _req, res, _next) => {
  if (error instanceof multer.MulterError) res.status(400).json({ code: error.code })
  else res.sendStatus(500)
}
app.use(onError)

export = app
