// The global `Express` namespace: what is declared there is everywhere. Compiled only.

import { expectTypeOf } from 'expect-type'
import type { Locals, Nozomi, Request, RequestHandler, Response } from 'nozomi'

declare global {
  namespace Express {
    interface Request {
      tenant?: { id: string }
    }
    interface Response {
      toast?(message: string): void
    }
    interface Locals {
      nonce?: string
    }
    interface Application {
      started?: Date
    }
  }
}

declare const app: Nozomi

// In handlers, whether their parameters are inferred or annotated.
app.get('/:id', (req, res) => {
  expectTypeOf(req.tenant).toEqualTypeOf<{ id: string } | undefined>()
  expectTypeOf(res.toast).toEqualTypeOf<((message: string) => void) | undefined>()
  expectTypeOf(res.locals.nonce).toEqualTypeOf<string | undefined>()
  expectTypeOf(req.app.started).toEqualTypeOf<Date | undefined>()
})
app.use((error: Error, req: Request, res: Response<{ error: string }>, _next: () => void) => {
  res.json({ error: `${req.tenant?.id}: ${error.message}` })
})
export const handler: RequestHandler = (req, _res, next) => next(req.tenant)

// On applications and their locals.
expectTypeOf(app.started).toEqualTypeOf<Date | undefined>()
expectTypeOf(app.locals.nonce).toEqualTypeOf<string | undefined>()
expectTypeOf<Locals['nonce']>().toEqualTypeOf<string | undefined>()

// Nothing else came with it.
declare const req: Request
// @ts-expect-error nobody declared this
expectTypeOf(req.session)
