// What handlers get and may answer with. Compiled only: what is wrong here fails `tsc -b`.

import { expectTypeOf } from 'expect-type'
import type {
  Application,
  ErrorRequestHandler,
  Handler,
  Locals,
  NextFunction,
  Nozomi,
  ParamsDictionary,
  ParsedQs,
  Request,
  RequestHandler,
  RequestHandlerParams,
  RequestParamHandler,
  Response,
  Send,
} from 'nozomi'

declare const app: Nozomi
interface User {
  id: number
  name: string
}

// Type parameters of a request: params, response body, request body, query, locals; all have defaults.
type Typed = Request<{ id: string }, User, { name: string }, { page?: string }, { user: User }>
expectTypeOf<Typed['params']>().toEqualTypeOf<{ id: string }>()
expectTypeOf<Typed['body']>().toEqualTypeOf<{ name: string }>()
expectTypeOf<Typed['query']>().toEqualTypeOf<{ page?: string }>()
expectTypeOf<NonNullable<Typed['res']>['locals']['user']>().toEqualTypeOf<User>()
expectTypeOf<NonNullable<Typed['res']>['json']>().parameter(0).toEqualTypeOf<User | undefined>()
expectTypeOf<Request['params']>().toEqualTypeOf<ParamsDictionary>()
expectTypeOf<Request['query']>().toEqualTypeOf<ParsedQs>()
expectTypeOf<Request['body']>().toBeAny()
expectTypeOf<Request['app']>().toEqualTypeOf<Application>()

// Type parameters of a response: body, locals, status codes.
declare const res: Response<User, { user: User }, 200 | 404>
expectTypeOf(res.json({ id: 1, name: 'Ann' })).toEqualTypeOf(res)
expectTypeOf(res.status(404).send()).toEqualTypeOf(res)
expectTypeOf(res.locals.user).toEqualTypeOf<User>()
expectTypeOf(res.locals).toExtend<Locals>()
// @ts-expect-error the body lacks a name
res.json({ id: 1 })
// @ts-expect-error the body is no string
res.send('Ann')
// @ts-expect-error the status is none of those declared
res.status(500)

// A handler takes them in the order of the request's.
const update: RequestHandler<{ id: string }, User, { name: string }, { dry?: string }, { user: User }> = (
  req,
  response,
) => {
  expectTypeOf(req.body.name).toBeString()
  expectTypeOf(req.query.dry).toEqualTypeOf<string | undefined>()
  response.json({ ...response.locals.user, id: Number(req.params.id) })
  // @ts-expect-error the body lacks an id
  response.json({ name: req.body.name })
}
app.put('/users/:id', update)

// They can be given to a verb: without a path behind it, or with the path first.
app.put<{ id: string }, User, { name: string }>('/users/:id', (req, response) => {
  response.json({ id: Number(req.params.id), name: req.body.name })
  // @ts-expect-error the body lacks an id
  response.json({ name: req.body.name })
})
app.put<'/users/:id', { id: string }, User>('/users/:id', (req, response) => {
  response.json({ id: Number(req.params.id), name: '' })
})

// What is annotated in place is taken over.
app.post('/users', (req: Request<{}, User, { name: string }>, response) => {
  response.json({ id: 1, name: req.body.name })
  // @ts-expect-error the body lacks an id
  response.json({ name: req.body.name })
})

// Handlers may be asynchronous and may return anything.
app.get('/', async (_req, response) => {
  response.send(await Promise.resolve('late'))
})
app.get('/', (_req, response) => response.send('now'))

// next: nothing, an error, or where to go on.
app.use((_req, _res, next) => {
  expectTypeOf(next).toEqualTypeOf<NextFunction>()
  next()
  next(new Error('no'))
  next('route')
  next('router')
  // @ts-expect-error it takes one argument
  next(null, 1)
})

// Error handlers have four parameters; their request and response are typed.
const onError: ErrorRequestHandler<ParamsDictionary, { error: string }> = (error, req, response, next) => {
  expectTypeOf(error).toBeAny()
  expectTypeOf(req.ip).toEqualTypeOf<string | undefined>()
  expectTypeOf(next).toEqualTypeOf<NextFunction>()
  response.status(500).json({ error: String(error) })
}
app.use(onError)
app.use('/api', onError)
app.use([onError], onError)
declare const onAnyError: ErrorRequestHandler
app.get('/users/:id', update, onAnyError)
// @ts-expect-error what it answers is not what the route may answer
app.get('/users/:id', update, onError)
app.use((error: Error, _req: Request, response: Response, _next: NextFunction) => {
  response.status(500).send(error.message)
})
// @ts-expect-error five parameters are no handler
app.use((_a: unknown, _b: Request, _c: Response, _d: NextFunction, _e: string) => {})

// Interfaces can be made of them.
interface Guard extends RequestHandler {
  readonly role: string
}
interface Report extends ErrorRequestHandler {
  readonly sink: string
}
declare const guard: Guard
declare const report: Report
app.use(guard, report)
expectTypeOf<Handler>().toExtend<RequestHandler>()
expectTypeOf<RequestHandler | ErrorRequestHandler | RequestHandler[]>().toExtend<RequestHandlerParams>()

// param(): on an application for several names too, on a router for one.
const loadUser: RequestParamHandler = (req, response, next, value, name) => {
  expectTypeOf(name).toBeString()
  response.locals['user'] = { [name]: value, ip: req.ip }
  next()
}
app.param('user', loadUser)
app.param(['user', 'author'], (_req, _res, next, _id) => next())
app.router.param('user', loadUser)
// @ts-expect-error a router takes one name
app.router.param(['user', 'author'], loadUser)

// A function that sends can be replaced by one of its kind.
declare let json: Response<User>['json']
const patched: Send<User, Response<User>> = (body) => res.status(200).json(body)
json = patched as typeof json
expectTypeOf(json).parameter(0).toEqualTypeOf<User | undefined>()
