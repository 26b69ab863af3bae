// What `require('nozomi')` gives: a callable with a namespace, in the form of @types/express. Compiled only.

import { expectTypeOf } from 'expect-type'
import type nozomi from 'nozomi' with { 'resolution-mode': 'require' }

declare const express: typeof nozomi
const app = express()

// The callable, its members, and the types in its namespace.
expectTypeOf(app).toExtend<nozomi.Nozomi>()
const router: nozomi.Router = express.Router({ mergeParams: true })
expectTypeOf(new express.Router()).toExtend<nozomi.Router>()
expectTypeOf(express).toExtend<nozomi.NozomiStatic>()
app.use('/api', express.json(), express.static('public'), router)

const show: nozomi.RequestHandler<{ id: string }> = (req, res) => {
  res.send(req.params.id)
}
app.get('/users/:id', show)
app.get('/users/:id', (req: nozomi.Request, res: nozomi.Response, next: nozomi.NextFunction) => {
  res.send(req.ip)
  next()
})
app.get('/orgs/:org', (req) => {
  expectTypeOf(req.params).toEqualTypeOf<{ org: string }>()
})
// @ts-expect-error there is no such member
express.bodyParser()

// The names of @types/express, with its type parameters in their order.
type P = nozomi.ParamsDictionary
type L = Record<string, any>
type Q = nozomi.Query
expectTypeOf<nozomi.Request>().toEqualTypeOf<nozomi.Request<P, any, any, Q, L>>()
expectTypeOf<nozomi.Response>().toEqualTypeOf<nozomi.Response<any, L, number>>()
expectTypeOf<nozomi.RequestHandler>().toEqualTypeOf<nozomi.RequestHandler<P, any, any, Q, L>>()
expectTypeOf<nozomi.ErrorRequestHandler>().toEqualTypeOf<nozomi.ErrorRequestHandler<P, any, any, Q, L>>()
expectTypeOf<nozomi.RequestHandlerParams>().toEqualTypeOf<nozomi.RequestHandlerParams<P, any, any, Q, L>>()
expectTypeOf<nozomi.Express>().toExtend<nozomi.Application>()
expectTypeOf<nozomi.IRouter>().toExtend<nozomi.Handler>()
expectTypeOf<nozomi.IRoute['stack']>().toExtend<nozomi.ILayer[]>()
expectTypeOf<nozomi.RouteParameters<'/:a'>>().toEqualTypeOf<{ a: string }>()
