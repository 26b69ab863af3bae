// The package as an ES module of TypeScript sees it. Compiled only.

import { expectTypeOf } from 'expect-type'
import nozomi from 'nozomi'
import type * as everything from 'nozomi'
import {
  application,
  json,
  type Request,
  raw,
  request,
  response,
  Route,
  Router,
  static as serveStatic,
  text,
  urlencoded,
} from 'nozomi'

// The default export is the callable, with its members and, in its namespace, the types.
const app = nozomi()
const handler: nozomi.RequestHandler = (req: nozomi.Request, res: nozomi.Response) => res.send(req.ip)
app.use(handler)
expectTypeOf(nozomi).toExtend<nozomi.NozomiStatic>()
expectTypeOf<nozomi.Request['app']>().toEqualTypeOf<Request['app']>()

// Its members are exported by name too.
expectTypeOf(application).toEqualTypeOf(nozomi.application)
expectTypeOf(request).toEqualTypeOf(nozomi.request)
expectTypeOf(response).toEqualTypeOf(nozomi.response)
expectTypeOf(Route).toEqualTypeOf(nozomi.Route)
expectTypeOf(Router).toEqualTypeOf(nozomi.Router)
expectTypeOf({ json, raw, text, urlencoded }).toExtend<Partial<nozomi.NozomiStatic>>()
expectTypeOf(serveStatic).toEqualTypeOf(nozomi.static)
expectTypeOf<keyof nozomi.NozomiStatic>().toExtend<keyof typeof everything>()

// A declaration for the module adds to every request, also where it is inferred.
declare module 'nozomi' {
  interface Request {
    region?: string
  }
}
app.get('/', (req) => expectTypeOf(req.region).toEqualTypeOf<string | undefined>())
