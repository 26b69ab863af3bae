// A function of one's own around `validate()`: what handlers behind it know. Compiled only: what is wrong here fails `tsc -b`.

import { type Contract, type HandlerOf, type Schema, type Step, validate } from '@nozomi/schema'
import { expectTypeOf } from 'expect-type'
import nozomi from 'nozomi'
import { z } from 'zod'

interface Described {
  readonly params?: Schema
  readonly cookies?: Schema
  readonly answers: Readonly<Record<number, { readonly said: string; readonly schema?: Schema }>>
}

type Known<D extends Described> = Pick<D, keyof D & ('params' | 'cookies')> & {
  readonly response: D['answers']
}

function described<const D extends Described>(description: D): Step<{ contract: Known<D> }> {
  return validate<Contract, Step<{ contract: Known<D> }>>(contractOf(description))
}

function contractOf({ answers, ...rest }: Described): Contract {
  return { ...rest, response: answers }
}

const show = described({
  params: z.object({ id: z.number() }),
  answers: { 200: { said: 'It', schema: z.object({ id: z.number() }) }, 204: { said: 'Nothing' } },
})

const handler: HandlerOf<typeof show> = (req, res) => {
  expectTypeOf(req.valid.params.id).toEqualTypeOf<number>()
  // @ts-expect-error it names no cookies
  void req.valid.cookies
  res.status(200).json({ id: req.valid.params.id })
  // @ts-expect-error it is a number
  res.json({ id: '' })
  // @ts-expect-error it is not declared
  res.status(404)
}

nozomi().get('/:id', show, handler, (req) => {
  expectTypeOf(req.params.id).toEqualTypeOf<number>()
})
