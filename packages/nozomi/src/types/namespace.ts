import type { Locals as CoreLocals } from 'express-serve-static-core'
import type { Added, AddedKeys } from './added.js'

declare global {
  /**
   * The place where middleware and applications declare what they add to every request, response, `locals` or
   * application: `passport`, `multer` and `express-session` extend it.
   *
   * @example
   * declare global {
   *   namespace Express {
   *     interface Request {
   *       tenant?: string
   *     }
   *   }
   * }
   */
  namespace Express {
    /** Added to every `req`. */
    interface Request {
      /**
       * Aborted when the client goes away before the answer is complete: hand it to what works for the answer (`fetch`,
       * queries, timers). Made when it is first read.
       *
       * Differs from Express: which has it where node brings it (24.21, 26).
       */
      readonly signal: AbortSignal
    }
    /** Added to every `res`. */
    interface Response {}
    /** Added to every `res.locals` and `app.locals`. */
    interface Locals {}
    /** Added to every `app`. */
    interface Application {}
  }
}

/**
 * What the application declared for `res.locals` and `app.locals`: in the global `Express` namespace, or for the module
 * of stock Express's types.
 */
export interface Locals
  extends Express.Locals,
    Added<CoreLocals, AddedKeys<CoreLocals, keyof Express.Locals>> {}
