// Whatever is typed by @types/express is assignable to what is typed by us, and the other way round. Compiled only.
// The package is installed as `express-types`, so that `express` can't be meant.

import theirs from 'express-types'
import ours, { type ByteRange, type RequestRanges } from 'nozomi'

/** Compiles when what is given can be used as a `T`. */
declare function use<T>(value: T): void
declare function one<T>(): T

interface User {
  id: number
}
type P = { id: string }
type Q = { page?: string }
type L = { user: User }

// Requests and responses, with each type parameter in its place.
use<theirs.Request>(one<ours.Request>())
use<ours.Request>(one<theirs.Request>())
use<theirs.Request<P, User, User, Q, L>>(one<ours.Request<P, User, User, Q, L>>())
use<ours.Request<P, User, User, Q, L>>(one<theirs.Request<P, User, User, Q, L>>())
use<theirs.Response>(one<ours.Response>())
use<ours.Response>(one<theirs.Response>())
use<theirs.Response<User, L>>(one<ours.Response<User, L>>())
use<ours.Response<User, L>>(one<theirs.Response<User, L>>())
// @ts-expect-error the second parameter is the response's body
use<ours.Request<P, User>>(one<theirs.Request<P, string>>())
// @ts-expect-error the third is the request's
use<theirs.Request<P, any, User>>(one<ours.Request<P, any, string>>())
// @ts-expect-error the fourth is the query
use<ours.Request<P, any, any, Q>>(one<theirs.Request<P, any, any, { page: number }>>())
// @ts-expect-error a response's first is its body
use<theirs.Response<User>>(one<ours.Response<string>>())

// Handlers of every kind.
use<theirs.RequestHandler>(one<ours.RequestHandler>())
use<ours.RequestHandler>(one<theirs.RequestHandler>())
use<theirs.RequestHandler<P, User, User, Q, L>>(one<ours.RequestHandler<P, User, User, Q, L>>())
use<ours.RequestHandler<P, User, User, Q, L>>(one<theirs.RequestHandler<P, User, User, Q, L>>())
use<theirs.ErrorRequestHandler<P, User, User, Q, L>>(one<ours.ErrorRequestHandler<P, User, User, Q, L>>())
use<ours.ErrorRequestHandler<P, User, User, Q, L>>(one<theirs.ErrorRequestHandler<P, User, User, Q, L>>())
use<theirs.Handler>(one<ours.Handler>())
use<ours.Handler>(one<theirs.Handler>())
use<theirs.NextFunction>(one<ours.NextFunction>())
use<ours.NextFunction>(one<theirs.NextFunction>())
use<theirs.RequestParamHandler>(one<ours.RequestParamHandler>())
use<ours.RequestParamHandler>(one<theirs.RequestParamHandler>())
use<theirs.Send>(one<ours.Send>())
use<ours.Send>(one<theirs.Send>())

// Applications and routers, and what they consist of.
use<theirs.Application>(one<ours.Application>())
use<ours.Application>(one<theirs.Application>())
use<theirs.Express>(one<ours.Express>())
use<ours.Express>(one<theirs.Express>())
use<theirs.Router>(one<ours.Router>())
use<ours.Router>(one<theirs.Router>())
use<theirs.IRouter>(one<ours.IRouter>())
use<ours.IRouter>(one<theirs.IRouter>())
use<theirs.IRoute>(one<ours.IRoute>())
use<ours.IRoute>(one<theirs.IRoute>())
use<theirs.IRouterMatcher<string>>(one<ours.IRouterMatcher<string>>())
use<ours.IRouterMatcher<string>>(one<theirs.IRouterMatcher<string>>())
use<theirs.IRouterHandler<string>>(one<ours.IRouterHandler<string>>())
use<ours.IRouterHandler<string>>(one<theirs.IRouterHandler<string>>())

// What we make is at least what they declare.
use<theirs.Express>(ours())
use<theirs.Router>(ours.Router())
use<() => theirs.Express>(ours)
use<typeof theirs.Router>(ours.Router)
use<typeof theirs.json>(ours.json)
use<typeof theirs.raw>(ours.raw)
use<typeof theirs.text>(ours.text)
use<typeof theirs.urlencoded>(ours.urlencoded)
use<typeof theirs.static>(ours.static)
use<typeof theirs>(ours)

// Options and values.
use<theirs.CookieOptions>(one<ours.CookieOptions>())
use<ours.CookieOptions>(one<theirs.CookieOptions>())
use<theirs.RouterOptions>(one<ours.RouterOptions>())
use<ours.RouterOptions>(one<theirs.RouterOptions>())
use<theirs.MediaType>(one<ours.MediaType>())
use<ours.MediaType>(one<theirs.MediaType>())
use<theirs.Locals>(one<ours.Locals>())
use<ours.Locals>(one<theirs.Locals>())
use<theirs.Errback>(one<ours.Errback>())
use<ours.Errback>(one<theirs.Errback>())
use<ReturnType<theirs.Request['range']>>(one<RequestRanges>())
use<ByteRange[]>(one<Exclude<ReturnType<theirs.Request['range']>, number | undefined>>())

// So one's middleware runs in the other, in each place that takes any.
const app = ours()
const express = theirs()
const theirHandler: theirs.RequestHandler = (_req, _res, next) => next()
const ourHandler: ours.RequestHandler = (_req, _res, next) => next()
app.use(theirHandler, ourHandler, theirs.Router(), theirs())
app.use('/a', theirHandler, theirs.Router(), theirs.json(), theirs.static('public'))
app.use((_error: Error, _req: theirs.Request, res: theirs.Response, _next: theirs.NextFunction) => res.end())
app.get('/users/:id', theirHandler, (req: theirs.Request<P>, res: theirs.Response<User>) => {
  res.json({ id: Number(req.params.id) })
})
app.get('/users/:id', [theirHandler, ourHandler], (req, res) => res.send(req.params.id))
app.route('/:id').get(theirHandler)
app.param('id', one<theirs.RequestParamHandler>())
express.use(ourHandler, theirHandler, ours.Router(), ours())
express.use('/a', ourHandler, ours.Router(), ours.json(), ours.static('public'))
express.use((_error: Error, _req: ours.Request, res: ours.Response, _next: ours.NextFunction) => res.end())
express.get('/users/:id', ourHandler, (req: ours.Request<P>, res: ours.Response<User>) => {
  res.json({ id: Number(req.params.id) })
})
express.route('/:id').get(ourHandler)
express.param('id', one<ours.RequestParamHandler>())

// Helpers written for one take the other's messages.
declare function wrap(handler: theirs.RequestHandler): ours.RequestHandler
app.get('/users/:id', wrap(ourHandler), wrap(theirHandler))
declare function addressOf(req: theirs.Request): string
app.get('/a/:b{/:c}/*d', (req, res) => res.send(addressOf(req)))
