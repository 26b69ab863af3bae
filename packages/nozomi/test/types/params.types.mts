// Route parameters follow from the path literal. Compiled only: what is wrong here fails `tsc -b`.

import { expectTypeOf } from 'expect-type'
import type {
  Nozomi,
  ParamsDictionary,
  ParamsFlatDictionary,
  Request,
  RequestHandler,
  RouteParameters,
} from 'nozomi'

declare const app: Nozomi

/** What a handler sees as `req.params`. */
declare function paramsOf<Path extends string | RegExp>(path: Path): RouteParameters<Path>

// A path without parameters has none.
expectTypeOf(paramsOf('/')).toEqualTypeOf<{}>()
expectTypeOf(paramsOf('/users')).toEqualTypeOf<{}>()

// Named parameters are strings, wherever they stand.
expectTypeOf(paramsOf('/orgs/:org/users/:user')).toEqualTypeOf<{ org: string; user: string }>()
expectTypeOf(paramsOf('/:from-:to')).toEqualTypeOf<{ from: string; to: string }>()
expectTypeOf(paramsOf('/:name.:ext')).toEqualTypeOf<{ name: string; ext: string }>()
expectTypeOf(paramsOf('/v:major.:minor')).toEqualTypeOf<{ major: string; minor: string }>()
expectTypeOf(paramsOf('/:user@:host')).toEqualTypeOf<{ user: string; host: string }>()
expectTypeOf(paramsOf(':id')).toEqualTypeOf<{ id: string }>()

// A name is any identifier, and in quotes any text.
expectTypeOf(paramsOf('/:user_id/:$top')).toEqualTypeOf<{ user_id: string; $top: string }>()
expectTypeOf(paramsOf('/:größe')).toEqualTypeOf<{ größe: string }>()
expectTypeOf(paramsOf('/:"user-id"/x')).toEqualTypeOf<{ 'user-id': string }>()
expectTypeOf(paramsOf('/*"the rest"')).toEqualTypeOf<{ 'the rest': string[] }>()

// An escaped character is itself.
expectTypeOf(paramsOf('/\\:literal/:id')).toEqualTypeOf<{ id: string }>()
expectTypeOf(paramsOf('/\\*/\\{:id\\}')).toEqualTypeOf<{ id: string }>()

// A wildcard is a list of segments.
expectTypeOf(paramsOf('/*path')).toEqualTypeOf<{ path: string[] }>()
expectTypeOf(paramsOf('/files/*path/:version')).toEqualTypeOf<{ path: string[]; version: string }>()
expectTypeOf(paramsOf('/:bucket/*key')).toEqualTypeOf<{ bucket: string; key: string[] }>()

// What stands in a group may be absent, inner groups included; what follows is there.
expectTypeOf(paramsOf('/users{/:id}')).toEqualTypeOf<{ id?: string }>()
expectTypeOf(paramsOf('/{:lang/}docs/:page')).toEqualTypeOf<{ lang?: string; page: string }>()
expectTypeOf(paramsOf('/:file{.:ext}')).toEqualTypeOf<{ file: string; ext?: string }>()
expectTypeOf(paramsOf('/a{/:b{/:c}}/:d')).toEqualTypeOf<{
  b?: string
  c?: string
  d: string
}>()
expectTypeOf(paramsOf('/a{/*rest}')).toEqualTypeOf<{ rest?: string[] }>()

// Express 4: a question mark makes the parameter optional.
expectTypeOf(paramsOf('/:id?')).toEqualTypeOf<{ id?: string }>()
expectTypeOf(paramsOf('/files/:name.:ext?')).toEqualTypeOf<{ name: string; ext?: string }>()
expectTypeOf(paramsOf('/:from-:to?/:unit')).toEqualTypeOf<{
  from: string
  to?: string
  unit: string
}>()

// Express 4: a parameter with an expression is a string; what stands in the expression is none.
expectTypeOf(paramsOf('/user/:id(\\d+)')).toEqualTypeOf<{ id: string }>()
expectTypeOf(paramsOf('/user/:id(\\d+)?/:tab')).toEqualTypeOf<{ id?: string; tab: string }>()
expectTypeOf(paramsOf('/:id((?:a|b))/:d')).toEqualTypeOf<{ id: string; d: string }>()
expectTypeOf(paramsOf('/:year(\\d{4})-:month(\\d{2})')).toEqualTypeOf<{ year: string; month: string }>()

// Express 4: a star without a name is numbered; so are groups.
expectTypeOf(paramsOf('*')).toEqualTypeOf<{ 0: string }>()
expectTypeOf(paramsOf('/a/*')).toEqualTypeOf<{ 0: string }>()
expectTypeOf(paramsOf('/:lang/*/*')).toEqualTypeOf<{ lang: string; 0: string; 1: string }>()
expectTypeOf(paramsOf('/ab(cd)?e')).toEqualTypeOf<{ [index: number]: string }>()

// A union of paths gives a union of parameters.
expectTypeOf(paramsOf('' as '/a/:x' | '/b/:y')).toEqualTypeOf<{ x: string } | { y: string }>()

// What is known of a path that is put together at run time counts.
expectTypeOf(paramsOf(`${'' as string}/users/:id`)).toEqualTypeOf<{ id: string }>()
expectTypeOf(paramsOf(`/v${1 as number}/:id{/:tab}`)).toEqualTypeOf<{
  id: string
  tab?: string
}>()
expectTypeOf(paramsOf('' as string)).toEqualTypeOf<ParamsDictionary>()

// A regular expression has groups, of which nothing is known.
expectTypeOf(paramsOf(/^\/(\d+)/)).toEqualTypeOf<ParamsFlatDictionary>()

// A path of several hundred characters is no problem.
const long =
  '/aaaaaaaaaaaaaaaaaaaaaaaaa/bbbbbbbbbbbbbbbbbbbbbbbbbbbb/cccccccccccccccccccccccccccc/ddddddddddddddd'
expectTypeOf(paramsOf(`${long}${long}${long}${long}/:id`)).toEqualTypeOf<{ id: string }>()

// Every verb, `all` and `use` give the handler these parameters.
for (const verb of [
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'head',
  'options',
  'all',
  'use',
  'm-search',
] as const) {
  app[verb]('/orgs/:org{/:team}', (req, res) => {
    expectTypeOf(req.params.org).toEqualTypeOf<string>()
    expectTypeOf(req.params.team).toEqualTypeOf<string | undefined>()
    // @ts-expect-error the path has no such parameter
    res.send(req.params.user)
  })
}
app.get('/:id?', (req) => {
  // @ts-expect-error an optional parameter may be absent
  req.params.id.toUpperCase()
})
app.get('/*path', (req) => {
  expectTypeOf(req.params.path.join('/')).toBeString()
  // @ts-expect-error a wildcard is a list, not a string
  req.params.path.toUpperCase()
})

// Each handler of a call gets them, in a list too.
app.get(
  '/:a/:b',
  (req, _res, next) => next(req.params.a),
  (req, res) => res.send(req.params.b),
)
app.get('/:a', [(req, _res, next) => next(req.params.a)], (req, res) => res.send(req.params.a))

// Middleware that was declared for any route leaves them precise, and lets further parameters (`mergeParams`) through.
declare const authenticate: RequestHandler
app.get('/:id{/:tab}', authenticate, [authenticate], (req) => {
  expectTypeOf(req.params.id).toEqualTypeOf<string>()
  expectTypeOf(req.params.tab).toEqualTypeOf<string | undefined>()
  expectTypeOf(req.params['org']).toEqualTypeOf<string | string[] | undefined>()
})

// A list of paths gives a dictionary.
app.get(['/a/:x', /b/], (req) => expectTypeOf(req.params).toEqualTypeOf<ParamsDictionary>())

// Through route(), each verb gets the parameters of its path, and gives the route back.
app
  .route('/orgs/:org{/:team}')
  .all(authenticate, (req, _res, next) => next(req.params.org))
  .get([authenticate], (req, res) => {
    expectTypeOf(req.params).toEqualTypeOf<{ org: string; team?: string }>()
    // @ts-expect-error the path has no such parameter
    res.send(req.params.user)
  })
  .propfind((req, res) => res.send(req.params.org))
app.router.route('/:id?').get((req) => expectTypeOf(req.params).toEqualTypeOf<{ id?: string }>())
app.route(['/a', '/b']).post((req) => expectTypeOf(req.params).toEqualTypeOf<ParamsDictionary>())

// Parameters can be declared: for what `mergeParams` adds, or what `param()` made of them.
app.get<{ org: string; id: string }>('/:id', (req) => expectTypeOf(req.params.org).toBeString())
app.get('/:id', (req: Request<{ id: string; org: string }>, res) => {
  res.send(req.params.org)
})
app.get('/:id', (req: Request<{ id: number }>) => req.params.id.toFixed())

// A request with the parameters of some path is one with any parameters.
declare function anyRequest(req: Request): void
app.get('/a/:b{/:c}/*d', (req) => anyRequest(req))
