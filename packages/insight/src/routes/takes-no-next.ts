import type { AnyHandler } from '../types/stack.js'

/**
 * Whether a function can't give a request on: it has exactly the parameters `(req, res)`, and gets at `next` in no other way. Of
 * fewer parameters nothing follows: wrappers take `...args`.
 */
export function takesNoNext(handler: AnyHandler): boolean {
  return handler.length === 2 && !/\barguments\b|\.next\b/.test(Function.prototype.toString.call(handler))
}
