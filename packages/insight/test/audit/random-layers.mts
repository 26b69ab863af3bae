import fc from 'fast-check'
import type { NextFunction, Request, Response } from 'nozomi'
import type { Framework } from './applications/framework.mjs'

/*
 * Random applications whose handlers note that they ran, and then do one of the things that handlers do: answer, pass on, leave,
 * fail, or decide by the request. Their texts are what the audit reads.
 */

type Ran = Set<unknown>
type Handler = (...all: never[]) => unknown

function passingOn(note: () => void, _req: Request, _res: Response, next: NextFunction): void {
  note()
  next()
}

/** What handlers do. Each is written out, since its text is what counts. */
const KINDS: Readonly<Record<string, (note: () => void) => Handler>> = {
  answers: (note) => (_req: Request, res: Response) => {
    note()
    res.end()
  },
  answersAndNamesNext: (note) => (_req: Request, res: Response, _next: NextFunction) => {
    note()
    res.status(404).end()
  },
  passesOn: (note) => (_req: Request, _res: Response, next: NextFunction) => {
    note()
    next()
  },
  passesOnByRequest: (note) => (req: Request, _res: Response) => {
    note()
    ;(req as Request & { next: NextFunction }).next()
  },
  passesOnByPattern: (note) => (req: Request, _res: Response) => {
    note()
    const { next: goOn } = req as Request & { next: NextFunction }
    goOn()
  },
  decides: (note) => (req: Request, res: Response, next: NextFunction) => {
    note()
    if (req.url.includes('q')) next()
    else res.end()
  },
  failsForSome: (note) => (req: Request, res: Response, next: NextFunction) => {
    note()
    const error = req.url.includes('q') ? new Error('q') : null
    if (error) return next(error)
    res.end()
  },
  mayFail: (note) => (req: Request, _res: Response, next: NextFunction) => {
    note()
    next(req.url.includes('q') ? new Error('q') : undefined)
  },
  fails: (note) => (_req: Request, _res: Response, next: NextFunction) => {
    note()
    next(new Error('always'))
  },
  throwsToNext: (note) => (req: Request, res: Response, next: NextFunction) => {
    note()
    try {
      if (req.url.includes('q')) throw new Error('q')
      res.end()
    } catch (error) {
      next(error)
    }
  },
  leavesRoute: (note) => (req: Request, res: Response, next: NextFunction) => {
    note()
    if (req.url.includes('q')) next('route')
    else res.end()
  },
  leavesRouter: (note) => (req: Request, _res: Response, next: NextFunction) => {
    note()
    next(req.url.includes('q') ? 'router' : undefined)
  },
  throwsRoute: (note) => (req: Request, res: Response) => {
    note()
    if (req.url.includes('q')) throw 'route'
    res.end()
  },
  takesAll:
    (note) =>
    (...all: [Request, Response, NextFunction]) => {
      note()
      all[2]()
    },
  bound: (note) => passingOn.bind(null, note) as Handler,
  handlesErrors: (note) => (_error: Error, _req: Request, _res: Response, next: NextFunction) => {
    note()
    next()
  },
}

type Part =
  | { readonly is: 'use'; readonly path: string; readonly kind: string }
  | { readonly is: 'route'; readonly path: string; readonly handlers: readonly (readonly [string, string])[] }
  | { readonly is: 'param'; readonly name: string; readonly leave: boolean }
  | {
      readonly is: 'router' | 'app'
      readonly path: string
      readonly isCaseSensitive: boolean
      readonly isStrict: boolean
      readonly parts: readonly Part[]
    }

const PATHS = [
  '/',
  '/a',
  '/A',
  '/a/',
  '/a/b',
  '/:x',
  '/:y',
  '/a/:x',
  '/:x/b',
  '/{*rest}',
  '/a/{*rest}',
  '/*rest',
  '/a{/:z}',
]

const path = fc.constantFrom(...PATHS)
const kind = fc.constantFrom('answers', 'answers', 'passesOn', ...Object.keys(KINDS))
const method = fc.constantFrom('get', 'get', 'post', 'head', 'all')

const { parts } = fc.letrec<{ parts: Part[]; part: Part }>((tie) => ({
  parts: fc.array(tie('part'), { maxLength: 6 }),
  part: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ is: fc.constant('use' as const), path, kind }),
    fc.record({
      is: fc.constant('route' as const),
      path,
      handlers: fc.array(fc.tuple(method, kind), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ is: fc.constant('param' as const), name: fc.constantFrom('x', 'y'), leave: fc.boolean() }),
    fc.record({
      is: fc.constantFrom('router' as const, 'app' as const),
      path,
      isCaseSensitive: fc.boolean(),
      isStrict: fc.boolean(),
      parts: tie('parts'),
    }),
  ),
}))

export const randomParts: fc.Arbitrary<Part[]> = parts as fc.Arbitrary<Part[]>

/** `GET /a/b?q` */
export const randomRequests = fc.array(
  fc.tuple(
    fc.constantFrom('GET', 'GET', 'POST', 'HEAD', 'PUT'),
    fc.constantFrom('/', '/a', '/A', '/a/', '/a/b', '/a/B', '/b', '/a/a/b', '/c', '/a/a', '/b/b/'),
    fc.constantFrom('', '?q'),
  ),
  { minLength: 4, maxLength: 8 },
)

/** Makes the application; each function that runs is added to `ran`. */
export function createRandom(express: Framework, all: readonly Part[], ran: Ran): ReturnType<Framework> {
  const app = express()
  app.set('env', 'test')
  for (const part of all) add(express, app, part, ran)
  return app
}

function add(express: Framework, owner: ReturnType<Framework>, part: Part, ran: Ran): void {
  if (part.is === 'use') owner.use(part.path, handlerOf(part.kind, ran) as never)
  else if (part.is === 'route') {
    const route = owner.route(part.path) as unknown as Record<string, (handler: Handler) => unknown>
    for (const [verb, kindOfHandler] of part.handlers) route[verb]?.(handlerOf(kindOfHandler, ran))
  } else if (part.is === 'param') {
    if (part.leave)
      owner.param(part.name, (req, _res, next) => next(req.url.includes('q') ? 'route' : undefined))
    else owner.param(part.name, (_req, _res, next) => next())
  } else owner.use(part.path, insideOf(express, part, ran) as never)
}

function insideOf(express: Framework, part: Part & { is: 'router' | 'app' }, ran: Ran): unknown {
  const { isCaseSensitive, isStrict } = part
  const inside =
    part.is === 'app' ? express() : express.Router({ caseSensitive: isCaseSensitive, strict: isStrict })
  if (part.is === 'app') {
    const app = inside as ReturnType<Framework>
    if (isCaseSensitive) app.enable('case sensitive routing')
    if (isStrict) app.enable('strict routing')
  }
  for (const one of part.parts) add(express, inside as ReturnType<Framework>, one, ran)
  return inside
}

function handlerOf(name: string, ran: Ran): Handler {
  const handler: Handler = (KINDS[name] as (typeof KINDS)[string])(() => void ran.add(handler))
  return handler
}
