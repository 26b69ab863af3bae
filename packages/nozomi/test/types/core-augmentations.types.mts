// What is declared for the module of stock Express's types is on ours too. Compiled only.

import { expectTypeOf } from 'expect-type'
import type core from 'express-serve-static-core'
import type { Application, Locals, Request, RequestHandler, Response } from 'nozomi'
import nozomi from 'nozomi'
import type commonjs from 'nozomi' with { 'resolution-mode': 'require' }

declare module 'express-serve-static-core' {
  interface Request {
    // Not optional: what is typed by us has it, or would not be assignable to what is typed by them.
    correlationId: string
    readonly startedAt?: Date
    signIn(this: Request, name: string): Promise<void>
  }
  interface Response {
    problem(title: string): this
  }
  interface Application {
    stopping: boolean
  }
  interface Locals {
    csp: string
  }
}

// In handlers, whether their parameters are inferred or annotated.
const app = nozomi()
app.get('/:id', (req, res, next) => {
  expectTypeOf(req.correlationId).toEqualTypeOf<string>()
  expectTypeOf(req.startedAt).toEqualTypeOf<Date | undefined>()
  expectTypeOf(req.params).toEqualTypeOf<{ id: string }>()
  expectTypeOf(res.locals.csp).toEqualTypeOf<string>()
  expectTypeOf(req.app.stopping).toEqualTypeOf<boolean>()
  res.problem('Not here').json({})
  req.signIn('Ann').catch(next)
})
export const handler: RequestHandler<{ id: string }> = (req, _res, next) => next(req.correlationId)
expectTypeOf<Response<string, { user: string }>['problem']>().toBeFunction()
expectTypeOf(app.stopping).toEqualTypeOf<boolean>()
expectTypeOf<Locals['csp']>().toEqualTypeOf<string>()

// In what `require()` gives.
declare const fromCommonJs: typeof commonjs
fromCommonJs().use((req, res) => {
  expectTypeOf(req.correlationId).toEqualTypeOf<string>()
  expectTypeOf(res.problem).toBeFunction()
})
expectTypeOf<commonjs.Request['correlationId']>().toEqualTypeOf<string>()
expectTypeOf<commonjs.Application['stopping']>().toEqualTypeOf<boolean>()
expectTypeOf<commonjs.Locals['csp']>().toEqualTypeOf<string>()

// Ours and theirs stay assignable both ways.
declare function use<T>(value: T): void
declare function one<T>(): T
type User = { user: { id: number } }
use<core.Request>(one<Request>())
use<Request>(one<core.Request>())
use<core.Response>(one<Response>())
use<Response>(one<core.Response>())
use<core.Response<string, User>>(one<Response<string, User>>())
use<Response<string, User>>(one<core.Response<string, User>>())
use<core.Application>(one<Application>())
use<Application>(one<core.Application>())
use<core.RequestHandler<{ id: string }>>(one<RequestHandler<{ id: string }>>())
use<RequestHandler<{ id: string }>>(one<core.RequestHandler<{ id: string }>>())

// They stay what they were declared to be, and nothing else came with them.
declare const req: Request
declare const res: Response
// @ts-expect-error read-only
req.startedAt = new Date()
// @ts-expect-error a string
req.correlationId = 1
// @ts-expect-error nobody declared this
expectTypeOf(req.nosuch)
// @ts-expect-error nobody declared this
expectTypeOf(res.nosuch)
// @ts-expect-error nobody declared this
expectTypeOf(app.nosuch)
