// What handlers know after a contract. Compiled only: what is wrong here fails `tsc -b`; `frameworks.test.mts` compiles the same text
// on stock Express, and with TypeScript 5.

import { createMiddleware, type HandlerOf, type RequestOf, type ResponseOf, validate } from '@nozomi/schema'
import { type } from 'arktype'
import { expectTypeOf } from 'expect-type'
import Joi from 'joi'
import nozomi, { type NextFunction, type Request, type RequestHandler, type Response } from 'nozomi'
import * as v from 'valibot'
import { z } from 'zod'

const User = z.object({ id: z.number(), name: z.string() })
const Problem = z.object({ title: z.string() })
const ById = z.object({ id: z.coerce.number() })

declare const limiter: RequestHandler
const requireUser = createMiddleware<{ user: { id: number } }>((req, _res, next) => {
  req.user = { id: 1 }
  next()
})

const app = nozomi()

// No body.
app.delete('/users/:id', validate({ params: ById, body: null }), (req, res) => {
  expectTypeOf(req.body).toEqualTypeOf<undefined>()
  expectTypeOf(req.valid.body).toEqualTypeOf<undefined>()
  res.end()
})

// Params, query, body and answers.
app.post(
  '/users/:id/parts/:part',
  validate({
    params: ById,
    query: z.object({ page: z.number().optional() }),
    body: z.object({ name: z.string(), at: z.iso.datetime().transform((text) => new Date(text)) }),
    response: { 201: User, 404: Problem },
    summary: 'Makes a part',
  }),
  (req, res) => {
    expectTypeOf(req.params.id).toEqualTypeOf<number>()
    // What the contract leaves out, the path says.
    expectTypeOf(req.params.part).toEqualTypeOf<string>()
    expectTypeOf(req.query).toEqualTypeOf<{ page?: number | undefined }>()
    expectTypeOf(req.body.at).toEqualTypeOf<Date>()
    expectTypeOf(req.valid.body.name).toEqualTypeOf<string>()
    // @ts-expect-error the path has no such parameter, nor the contract
    void req.params.name
    // @ts-expect-error the body has no such member
    void req.body.nme
    // @ts-expect-error no contract before this handler names the headers
    void req.valid.headers
    res.status(201).json({ id: req.params.id, name: req.body.name })
    res.set('ETag', '"1"').status(404).type('json').json({ title: 'none' })
    res.location('/users/1').status(201)
    // @ts-expect-error the body of 201 has an id
    res.status(201).json({ name: '' })
    // @ts-expect-error the body of 404 is another one
    res.status(404).set('ETag', '"1"').json({ id: 1, name: '' })
    // @ts-expect-error the contract has no such status
    res.status(418)
    // @ts-expect-error the contract has no such status
    res.sendStatus(204)
    // @ts-expect-error a body of 201 is not left out
    res.status(201).json()
  },
)

// A range of statuses, and all others; none that has a body.
app.get(
  '/ranges',
  validate({
    response: { 204: null, '2XX': User, default: { schema: Problem, description: 'Whatever went wrong' } },
  }),
  (_req, res) => {
    res.status(204).end()
    res.status(203).json({ id: 1, name: '' })
    res.status(500).json({ title: '' })
    // @ts-expect-error 204 has no body
    res.status(204).json({ id: 1, name: '' })
    // @ts-expect-error the body of all others has a title
    res.status(500).json({ name: '' })
  },
)

// Without a status it is what goes with 200.
app.get('/usual', validate({ response: { 200: User, 404: Problem } }), (_req, res) => {
  res.json({ id: 1, name: '' })
  // @ts-expect-error that is the body of 404
  res.json({ title: '' })
})

// Middleware of one's own; middleware for any route before and after; lists.
app.get('/own/:id', limiter, requireUser, validate({ params: ById, query: ById }), limiter, (req) => {
  expectTypeOf(req.user).toEqualTypeOf<{ id: number }>()
  expectTypeOf(req.params.id).toEqualTypeOf<number>()
  expectTypeOf(req.query.id).toEqualTypeOf<number>()
})
app.get('/list/:id', [requireUser, validate({ params: ById })], (req) => {
  expectTypeOf(req.user.id).toEqualTypeOf<number>()
  expectTypeOf(req.params.id).toEqualTypeOf<number>()
})
const guards: ReturnType<typeof createMiddleware<{ user: { id: number } }>>[] = [requireUser]
app.get('/many/:id', guards, async (req) => {
  expectTypeOf(req.user.id).toEqualTypeOf<number>()
  expectTypeOf(req.params.id).toEqualTypeOf<string>()
})
// A handler before a contract knows nothing of it.
app.get(
  '/before/:id',
  (req, _res, next) => {
    expectTypeOf(req.params.id).toEqualTypeOf<string>()
    // @ts-expect-error the middleware is behind it
    void req.user
    next()
  },
  requireUser,
  validate({ params: ById }),
  (req) => {
    expectTypeOf(req.params.id).toEqualTypeOf<number>()
  },
)
// Two contracts.
app.put(
  '/two/:id',
  validate({ params: ById }),
  validate({ body: User, response: { 200: User } }),
  (req, res) => {
    expectTypeOf(req.params.id).toEqualTypeOf<number>()
    res.json(req.body)
    // @ts-expect-error no user
    res.json({ title: '' })
  },
)

// Two contracts that both say what is answered, such as that of a guard and that of the route; and a third one that says nothing.
const guarded = validate({
  headers: z.object({ 'x-key': z.string() }),
  response: { 401: Problem, 404: Problem },
})
app.put(
  '/added/:id',
  guarded,
  validate({ params: ById, response: { 200: User, 204: null } }),
  validate({ body: User }),
  (req, res) => {
    expectTypeOf(req.valid.headers['x-key']).toEqualTypeOf<string>()
    expectTypeOf(req.params.id).toEqualTypeOf<number>()
    expectTypeOf(req.body).toEqualTypeOf<{ id: number; name: string }>()
    res.json(req.body)
    res.status(200).json(req.body)
    res.status(204).end()
    res.status(401).json({ title: 'no key' })
    // @ts-expect-error 200 of the second one has an id
    res.json({ title: '' })
    // @ts-expect-error 404 of the first one has a title
    res.status(404).json(req.body)
    // @ts-expect-error neither has this status
    res.status(409)
  },
)
// A handler between the two knows the answers of the first one alone.
app.get('/between', guarded, (_req, res, next) => {
  res.status(401).json({ title: '' })
  // @ts-expect-error that is declared behind it
  res.status(200)
  next()
})
const showUserOnly = validate({ params: ById, response: { 200: User } })
const added: HandlerOf<[typeof guarded, typeof showUserOnly]> = (req, res) => {
  expectTypeOf(req.params.id).toEqualTypeOf<number>()
  res.status(404).json({ title: '' })
  res.json({ id: 1, name: '' })
  // @ts-expect-error neither has this status
  res.sendStatus(409)
}
app.get('/added/:id', guarded, showUserOnly, added)

// Answers of several media types: a body fits one of them.
const Row = z.object({ id: z.number() })
app.get(
  '/content',
  validate({
    response: {
      200: { content: { 'application/json': User, 'application/vnd.row+json': Row, 'text/csv': z.string() } },
      406: { content: { 'application/problem+json': Problem } },
      default: { content: { 'application/json': Problem, 'text/plain': null } },
    },
  }),
  (_req, res) => {
    res.json({ id: 1, name: '' })
    res.type('application/vnd.row+json').json({ id: 1 })
    res.type('csv').send('id,name')
    res.status(200).set('Vary', 'Accept').json({ id: 1 })
    res.status(406).json({ title: '' })
    // @ts-expect-error no media type of 200 has such a body
    res.json({ title: '' })
    // @ts-expect-error no media type of 200 has such a body
    res.status(200).send(7)
    // @ts-expect-error 406 has a title
    res.status(406).json({ id: 1, name: '' })
    // @ts-expect-error a body of 406 is not left out
    res.status(406).send()
    // Of a media type without a schema nothing is known; what goes out as JSON is held to that of JSON.
    res.status(500).send('it failed')
    res.status(500).json({ title: '' })
    // @ts-expect-error the body of all others has a title
    res.status(500).json('it failed')
    // @ts-expect-error `json()` does not send the text of CSV
    res.json('id,name')
  },
)

// route(), with handlers of other methods behind.
app
  .route('/route/:id')
  .all(limiter)
  .get(validate({ params: ById, response: { 200: User } }), (req, res) => {
    expectTypeOf(req.params.id).toEqualTypeOf<number>()
    res.json({ id: req.params.id, name: '' })
    // @ts-expect-error no user
    res.json({ id: req.params.id })
  })
  .post((req) => {
    expectTypeOf(req.params.id).toEqualTypeOf<string>()
  })

// A router, mounted; middleware of the whole router, in a chain.
const router = nozomi
  .Router()
  .use(requireUser)
  .get('/me', (req, res) => {
    res.json(req.user.id)
    // @ts-expect-error nothing before it adds that
    void req.session.id
  })
  .get('/:id', validate({ params: ById }), (req) => {
    expectTypeOf(req.params.id + req.user.id).toEqualTypeOf<number>()
  })
app.use('/api', router)
app.use('/api', requireUser, router)

// Behind the middleware of a router the params are as they came.
nozomi
  .Router({ mergeParams: true })
  .use(requireUser, validate({ params: ById, query: ById }))
  .use(requireUser)
  .get('/:id/:part', validate({ params: z.object({ part: z.boolean() }) }), (req) => {
    expectTypeOf(req.params.id).toEqualTypeOf<string>()
    expectTypeOf(req.params.part).toEqualTypeOf<boolean>()
    expectTypeOf(req.valid.params.id).toEqualTypeOf<number>()
    expectTypeOf(req.valid.params.part).toEqualTypeOf<boolean>()
    expectTypeOf(req.query.id + req.user.id).toEqualTypeOf<number>()
  })

// Files, and bodies by media type.
app.post(
  '/forms',
  validate({
    files: { one: {}, many: { maxCount: 3 }, maybe: { required: false, types: ['image/*'] } },
    body: { 'application/json': User, 'text/csv': z.string() },
    cookies: z.object({ seen: z.boolean() }),
    headers: z.object({ 'if-match': z.string() }),
  }),
  (req) => {
    expectTypeOf(req.valid.files.one.size).toEqualTypeOf<number>()
    expectTypeOf(req.valid.files.many.length).toEqualTypeOf<number>()
    expectTypeOf(req.valid.files.maybe?.originalname).toEqualTypeOf<string | undefined>()
    expectTypeOf(req.body).toEqualTypeOf<string | { id: number; name: string }>()
    expectTypeOf(req.cookies.seen).toEqualTypeOf<boolean>()
    expectTypeOf(req.valid.headers['if-match']).toEqualTypeOf<string>()
  },
)

// Schemas of other libraries.
app.get(
  '/valibot/:id',
  validate({
    params: v.object({ id: v.pipe(v.string(), v.transform(Number)) }),
    response: { 200: v.object({ a: v.number() }) },
  }),
  (req, res) => {
    expectTypeOf(req.params.id).toEqualTypeOf<number>()
    res.json({ a: 1 })
    // @ts-expect-error a is a number
    res.json({ a: '1' })
  },
)
app.get(
  '/arktype/:id',
  validate({ params: type({ id: 'string.numeric.parse' }), query: type({ 'q?': 'string' }) }),
  (req) => {
    expectTypeOf(req.params.id).toEqualTypeOf<number>()
    expectTypeOf(req.query.q).toEqualTypeOf<string | undefined>()
  },
)

// Joi says of its schemas only what comes out: that is what goes in, too.
app.post(
  '/joi',
  validate({
    body: Joi.object<{ a: number }>(),
    response: { 200: Joi.object<{ a: number }>(), 201: Joi.any() },
  }),
  (req, res) => {
    expectTypeOf(req.body).toEqualTypeOf<{ a: number }>()
    res.json({ a: req.body.a })
    res.status(201).json('whatever')
    // @ts-expect-error a is a number
    res.json({ a: 'x' })
  },
)
// Of others that take anything, what comes out says nothing of what goes in.
app.get('/any', validate({ response: { 200: v.pipe(v.any(), v.transform(Number)) } }), (_req, res) => {
  res.json('7')
})

// Handlers that say themselves what they want leave the types of those beside them alone.
declare const byName: RequestHandler<{ id: string }>
declare const withLocals: RequestHandler<{ id: string }, any, any, any, { user: string }>
app.get(
  '/by-name/:id',
  byName,
  withLocals,
  validate({ params: ById, response: { 200: User } }),
  (req, res) => {
    expectTypeOf(req.params.id).toEqualTypeOf<number>()
    // @ts-expect-error the contract has no such status
    res.status(418)
  },
)
app.get('/by-name/:id', [validate({ params: ById }), byName], withLocals, (req, res) => {
  expectTypeOf(req.params.id).toEqualTypeOf<number>()
  expectTypeOf(res.locals).toEqualTypeOf<Response['locals']>()
})
app.route('/by-name/:id').get(byName, validate({ params: ById }), (req) => {
  expectTypeOf(req.params.id).toEqualTypeOf<number>()
})

// Nor do handlers of errors.
class OutOfStock extends Error {
  left = 0
}
declare function onError(error: unknown, req: Request, res: Response, next: NextFunction): void
app.post(
  '/with-error/:id',
  validate({ params: ById, response: { 200: User } }),
  (req, res) => {
    expectTypeOf(req.params.id).toEqualTypeOf<number>()
    // @ts-expect-error no user
    res.json({ title: '' })
  },
  (err: any, _req: Request<{ id: string }>, _res: Response, next: NextFunction) => next(err),
  (_err: OutOfStock, _req: Request, res: Response, _next: NextFunction) => void res.status(409).end(),
  onError,
)
nozomi
  .Router()
  .use(validate({ query: ById }), onError)
  .get('/', (req) => {
    expectTypeOf(req.query.id).toEqualTypeOf<number>()
  })

// In a list, too, each handler has its type; also where a list stands for more than six.
app.get('/listed/:id', [validate({ params: ById }), limiter], [limiter, limiter], (req) => {
  expectTypeOf(req.params.id).toEqualTypeOf<number>()
})
app.get(
  '/listed/:id',
  [limiter, limiter, limiter, limiter, requireUser, validate({ params: ById }), limiter],
  (req) => {
    expectTypeOf(req.user.id + req.params.id).toEqualTypeOf<number>()
  },
)

// A schema that is a type parameter; and one of a type that is.
function creates<S extends z.ZodObject>(path: string, schema: S, save: (item: z.output<S>) => void) {
  app.post(path, validate({ body: schema, query: schema }), (req) => {
    save(req.body)
    save(req.valid.body)
    save(req.query)
    // @ts-expect-error a text is none
    save('')
  })
}
creates('/created', User, () => {})
function shows<Item>(path: string, schema: z.ZodType<Item, Item>, save: (item: Item) => Item) {
  app.post(path, validate({ body: schema, response: { 201: schema } }), (req, res) => {
    res.status(201).json(save(req.body))
    // @ts-expect-error a text is none
    res.status(201).json('')
  })
}
shows('/shown', User, (item) => item)

// Functions that know the framework's own types take what such a handler has.
declare function show(res: Response): void
declare function languageOf(req: Request): string
declare function idOf(req: Request<any, any, any, any>): string
app.get('/handed/:id', validate({ body: User, response: { 200: User } }), (req, res) => {
  show(res)
  languageOf(req)
})
app.get('/handed/:id', validate({ params: ById }), (req) => {
  idOf(req)
  // @ts-expect-error that one wants params that are texts
  languageOf(req)
})

// Handlers that are written somewhere else.
const showUser = validate({ params: ById, response: { 200: User } })
const showOne: HandlerOf<typeof showUser> = async (req, res) => {
  expectTypeOf(req.params).toEqualTypeOf<{ id: number }>()
  res.json({ id: req.params.id, name: '' })
  // @ts-expect-error no user
  res.json({ title: '' })
}
class Users {
  read = (req: RequestOf<[typeof requireUser, typeof showUser]>, res: ResponseOf<typeof showUser>) => {
    expectTypeOf(req.user.id).toEqualTypeOf<number>()
    res.json({ id: req.params.id, name: '' })
  }
}
const users = new Users()
app.get('/shown/:id', showUser, showOne)
app.get('/shown/:id/parts/:part', requireUser, showUser, users.read)
app.route('/shown/:id').get([requireUser, showUser], users.read)
// @ts-expect-error nothing before it gives a user
app.get('/shown/:id', showUser, users.read)
const plain: HandlerOf<{ body: typeof User }, '/plain/:id'> = (req) => {
  expectTypeOf(req.params.id).toEqualTypeOf<string>()
  expectTypeOf(req.body.name).toEqualTypeOf<string>()
}
app.put('/plain/:id', validate({ body: User }), plain)

// Without a contract all is as it was.
const typed: RequestHandler<{ id: string }, unknown, { deep: number }> = (_req, _res, next) => next()
app.post('/plain/:id', typed, (req) => {
  expectTypeOf(req.body.deep).toEqualTypeOf<number>()
  // @ts-expect-error no contract
  void req.valid
})
app.post<{ id: string }, { ok: boolean }>('/explicit/:id', (_req, res) => {
  // @ts-expect-error the type argument says boolean
  res.json({ ok: 1 })
})
app.get('/any', async (req, res) => {
  res.status(418).json(req.body)
})
app.get('/errors', limiter, (_err: Error, _req: Request, _res: Response, _next: NextFunction) => {})
app.use((_err: Error, _req: Request, _res: Response, _next: NextFunction) => {})
expectTypeOf(app.get('trust proxy')).toBeAny()
app.get(['/a', '/b'], validate({ query: User }), (req) => {
  expectTypeOf(req.get('Accept')).toEqualTypeOf<string | undefined>()
})

// Contracts that can't be meant.
// @ts-expect-error that is no schema
validate({ response: { 200: { content: { 'application/json': 'User' } } } })
// @ts-expect-error that is no schema
validate({ body: z.object })
// @ts-expect-error that is no schema
validate({ params: 'id' })
// @ts-expect-error a line is a text
validate({ summary: 1 })
// @ts-expect-error there are two
validate({ body: User }, { status: 418 })

// A body may be left out where it may be undefined, and only there.
app.get(
  '/left-out',
  validate({
    response: {
      200: z.any(),
      201: z.unknown(),
      202: z.string().optional(),
      203: z.string(),
      204: null,
      205: { contentType: 'text/plain' },
      default: null,
    },
  }),
  (_req, res) => {
    const unsaid: unknown = 1
    res.status(200).json()
    res.status(200).json(unsaid)
    res.status(201).json()
    res.status(201).json(unsaid)
    res.status(202).json()
    res.status(202).send(undefined)
    // @ts-expect-error a text, or none
    res.status(202).json(1)
    // @ts-expect-error there has to be one
    res.status(203).json()
    // @ts-expect-error nor is undefined one
    res.status(203).json(undefined)
    // @ts-expect-error nor is what may be anything
    res.status(203).json(unsaid)
    // @ts-expect-error one body
    res.status(203).json('one', 'two')
    res.status(204).json()
    // @ts-expect-error there is none
    res.status(204).json(1)
    res.status(205).send()
    res.status(205).send(unsaid)
    res.status(299).json()
  },
)

// A list whose length is not known.
const several: RequestHandler[] = []
app.get('/several', several, validate({ query: z.object({ page: z.number() }) }), (req, res) => {
  res.json(req.query.page.toFixed())
  // @ts-expect-error it is not in the contract
  void req.query.size
})

// Behind a spread in a list a handler is typed as before it.
app.get(
  '/spread',
  [...several, ...several],
  validate({ query: z.object({ page: z.number() }) }),
  (req, res) => {
    res.json(req.query.page.toFixed())
  },
)
const steps = [validate({ params: z.object({ id: z.number() }) })]
app.get('/spread', validate({ query: z.object({ page: z.number() }) }), [
  validate({}),
  ...steps,
  (req, res) => {
    res.json(req.query.page.toFixed())
    // @ts-expect-error it is not in the contract
    void req.query.size
  },
])
// @ts-expect-error it is no list
app.get('/no-list', validate({}), { length: 0 })
