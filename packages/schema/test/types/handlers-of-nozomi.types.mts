// Handlers that are written somewhere else, for Nozomi alone. Compiled only: what is wrong here fails `tsc -b`.

import { createMiddleware, type HandlerOf, type RequestOf, validate } from '@nozomi/schema'
import { expectTypeOf } from 'expect-type'
import nozomi, { type NozomiTypes, type Request } from 'nozomi'
import { z } from 'zod'

declare function regionOf(req: Request<any, any, any, any>): string

const requireUser = createMiddleware<{ user: string }>((_req, _res, next) => next())
const show = validate({ params: z.object({ id: z.number() }), response: { 200: z.string() } })

const showOne: HandlerOf<[typeof requireUser, typeof show], string, NozomiTypes> = (req, res) => {
  regionOf(req)
  expectTypeOf(req.params.id).toEqualTypeOf<number>()
  expectTypeOf(req.lambda).toEqualTypeOf<Request['lambda']>()
  res.json(req.user)
}
// @ts-expect-error a request of stock Express has nothing of that name
const onExpress: HandlerOf<typeof show> = (req) => void req.lambda
const read = (req: RequestOf<typeof show, '/:id/:part', NozomiTypes>) => {
  expectTypeOf(req.params).toEqualTypeOf<{ part: string } & { id: number }>()
  regionOf(req)
}

const app = nozomi()
app.get('/:id', requireUser, show, showOne)
app.get('/:id/:part', show, read)
app.get('/:id', show, onExpress)
