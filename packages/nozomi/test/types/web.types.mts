// Handlers from Request to Response. Compiled only.

import { expectTypeOf } from 'expect-type'
import nozomi, {
  type ParamsDictionary,
  type RequestHandler,
  type WebContext,
  type WebHandler,
  web,
} from 'nozomi'

const app = nozomi()

expectTypeOf(nozomi.web).toEqualTypeOf(web)
expectTypeOf(web(() => undefined)).toExtend<RequestHandler>()

// It is middleware anywhere, and beside handlers of Express.
app.use(web((request) => new Response(request.body)))
app.get(
  '/users/:id',
  web((request, { req, res, params, env }) => {
    expectTypeOf(request).toEqualTypeOf<globalThis.Request>()
    expectTypeOf(req.originalUrl).toEqualTypeOf<string>()
    expectTypeOf(res.headersSent).toEqualTypeOf<boolean>()
    expectTypeOf(params).toEqualTypeOf<ParamsDictionary>()
    expectTypeOf(env).toBeAny()
    return Response.json(params)
  }),
  (req, res) => void res.send(req.params.id),
)

// What it may return.
web(async () => new Response())
web(async () => {})
web(() => undefined)
web((request) => (request.method === 'GET' ? new Response() : undefined))
// @ts-expect-error a string is no Response
web(() => 'text')
// @ts-expect-error null is neither
web(() => null)

// Named.
const handler: WebHandler<{ id: string }> = (_request, { params }) => new Response(params.id)
expectTypeOf(web(handler)).toEqualTypeOf<RequestHandler<{ id: string }>>()
expectTypeOf<WebContext['params']>().toExtend<object>()
expectTypeOf<nozomi.WebContext>().toEqualTypeOf<WebContext>()
