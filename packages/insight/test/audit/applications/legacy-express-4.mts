/* eslint-disable no-var -- as it was written ten years ago */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { FILES } from './files.mjs'
import type { Framework } from './framework.mjs'

const require = createRequire(import.meta.url)
const bodyParser = require('body-parser') as {
  json(options?: object): never
  urlencoded(options: object): never
}
const cookieParser = require('cookie-parser') as () => never
const createError = require('http-errors') as (status: number) => Error
const logger = require('morgan') as (format: string, options: object) => never

type AnyRequest = import('nozomi').Request
type AnyResponse = import('nozomi').Response
type AnyNext = import('nozomi').NextFunction

/** As the generator of Express 4 made them, grown for some years: callbacks, `function`, a 404 that fails. */
export function createLegacyApplication(express: Framework) {
  const app = express()
  app.disable('x-powered-by')
  app.engine('html', function (_path: string, _options: object, done: (error: null, html: string) => void) {
    done(null, '<h1>Express</h1>')
  })
  app.set('views', join(FILES, 'views'))
  app.set('view engine', 'html')

  app.use(logger('dev', { stream: { write() {} } }))
  app.use(bodyParser.json())
  app.use(bodyParser.urlencoded({ extended: false }))
  app.use(cookieParser())
  app.use(express.static(join(FILES, 'public')))

  app.use('/', createIndex(express))
  app.use('/books', createBooks(express))

  // catch 404 and forward to error handler
  app.use(function (_req: AnyRequest, _res: AnyResponse, next: AnyNext) {
    next(createError(404))
  })

  app.use(function (
    err: { status?: number; message: string },
    req: AnyRequest,
    res: AnyResponse,
    _next: AnyNext,
  ) {
    res.locals['message'] = err.message
    res.locals['error'] = req.app.get('env') === 'development' ? err : {}
    res.status(err.status || 500)
    res.render('index')
  })
  return app
}

function createIndex(express: Framework) {
  const router = express.Router()
  router.get('/', function (_req, res, _next) {
    res.render('index', { title: 'Express' })
  })
  return router
}

function createBooks(express: Framework) {
  const books: { id: number; title: string }[] = [{ id: 1, title: 'Dune' }]
  const router = express.Router()
  router.get('/', function (_req, res, next) {
    findAll(books, function (err, found) {
      if (err) return next(err)
      res.json(found)
    })
  })
  router.get('/:id', function (req, res, next) {
    findAll(books, function (err, found) {
      if (err) return next(err)
      const book = (found ?? []).find((one) => String(one.id) === req.params.id)
      if (!book) return next()
      res.json(book)
    })
  })
  router.get('/latest', function (_req, res) {
    res.json(books.at(-1))
  })
  router.post('/', function (req, res) {
    books.push({ id: books.length + 1, title: req.body.title })
    res.redirect(303, '/books')
  })
  return router
}

function findAll<T>(all: T[], done: (error: Error | null, found?: T[]) => void): void {
  setImmediate(function () {
    done(null, all)
  })
}
