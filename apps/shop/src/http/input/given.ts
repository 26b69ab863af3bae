import type { z } from 'zod'
import type { Request } from '../framework.js'

interface Parts {
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
}

/** Without what returns `this`, which is the request of the route and no other. */
interface AnyRequest extends Omit<Request, never> {}

/** A request behind `validate()` with these schemas: what they made of its parts is in `valid`. */
export type Given<P extends Parts> = AnyRequest & {
  readonly valid: { readonly [Part in keyof P]: z.output<P[Part]> }
}
