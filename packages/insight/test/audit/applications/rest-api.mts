import compression from 'compression'
import cors from 'cors'
import { rateLimit } from 'express-rate-limit'
import helmet from 'helmet'
import morgan from 'morgan'
import type { ErrorRequestHandler, NextFunction, Request, RequestHandler, Response } from 'nozomi'
import type { Framework } from './framework.mjs'

interface Todo {
  readonly id: string
  title: string
}

class HttpError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** A REST API as most are written: routers, a health check in front, promises, one error handler at the end. */
export function createRestApi(express: Framework) {
  const app = express()
  app.set('trust proxy', 1)
  app.get('/healthz', (_req, res) => res.send('ok'))
  app.use(helmet())
  app.use(cors({ origin: ['https://app.example.com'], credentials: true }))
  app.use(compression())
  app.use(morgan('tiny', { stream: { write: () => undefined } }))
  app.use('/api', rateLimit({ windowMs: 60_000, limit: 1000, validate: false }))
  app.use(express.json({ limit: '50kb' }))
  app.use(refuseBrokenJson)

  app.use('/api/todos', requireKey, createTodoRouter(express))
  app.use('/api/users', createUserRouter(express))
  app.use((req, _res, next) => next(new HttpError(404, `there is no ${req.path}`)))
  app.use(answerError)
  return app
}

function createTodoRouter(express: Framework) {
  const todos = new Map<string, Todo>([['1', { id: '1', title: 'Water the plants' }]])
  const router = express.Router()
  router.param('id', (_req, res, next, id: string) => {
    const todo = todos.get(id)
    if (todo === undefined) return next(new HttpError(404, `there is no todo ${id}`))
    res.locals['todo'] = todo
    next()
  })
  router
    .route('/')
    .get((_req, res) => res.json([...todos.values()]))
    .post(validateTitle, (req, res) => {
      const todo = { id: String(todos.size + 1), title: String(req.body.title) }
      todos.set(todo.id, todo)
      res.status(201).location(`/api/todos/${todo.id}`).json(todo)
    })
  router.get('/count', (_req, res) => res.json({ count: todos.size }))
  router.get('/:id', (_req, res) => res.json(res.locals['todo']))
  router.put('/:id', validateTitle, (req, res) => {
    const todo = res.locals['todo'] as Todo
    todo.title = String(req.body.title)
    res.json(todo)
  })
  router.delete('/:id', (req, res) => {
    todos.delete(String(req.params['id']))
    res.sendStatus(204)
  })
  return router
}

function createUserRouter(express: Framework) {
  const router = express.Router()
  router.get(
    '/me',
    promised(async (_req, res) => {
      res.json(await Promise.resolve({ name: 'Ada' }))
    }),
  )
  router.get('/:name', async (req, res, next) => {
    try {
      res.json(await findUser(req.params.name))
    } catch (error) {
      next(error)
    }
  })
  return router
}

async function findUser(name: string): Promise<{ name: string }> {
  if (name !== 'ada') throw new HttpError(404, `nobody is called ${name}`)
  return { name }
}

/** What was needed before Express 5, and is still found everywhere. */
function promised(
  handler: (req: Request, res: Response, next: NextFunction) => Promise<void>,
): RequestHandler {
  return (req, res, next) => {
    Promise.resolve(handler(req, res, next)).catch(next)
  }
}

const requireKey: RequestHandler = (req, res, next) => {
  if (req.get('X-Api-Key') === 'key') next()
  else res.status(401).json({ error: 'X-Api-Key is missing' })
}

const validateTitle: RequestHandler = (req, _res, next) => {
  next(typeof req.body?.title === 'string' ? undefined : new HttpError(400, 'title is missing'))
}

const refuseBrokenJson: ErrorRequestHandler = (error, _req, res, next) => {
  if (error instanceof SyntaxError) res.status(400).json({ error: 'this is no JSON' })
  else next(error)
}

const answerError: ErrorRequestHandler = (error, _req, res, _next) => {
  res.status(error.status ?? 500).json({ error: error.message })
}
