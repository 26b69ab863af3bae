/*
 * Runs for each request. What is known of requests by their prototype, of which each application has one, is looked up once.
 */

/** By prototype: whether an assignment to `query` takes effect. */
const known = new WeakMap<object, boolean>()

/** Parity: the requests of Express 5 have a getter for `query`, and no setter. Those of Nozomi can be assigned. */
export function takesQuery(req: object): boolean {
  const prototype = Object.getPrototypeOf(req) as object
  const isKnown = known.get(prototype)
  if (isKnown !== undefined) return isKnown
  const hasSetter = canBeAssigned(prototype)
  known.set(prototype, hasSetter)
  return hasSetter
}

function canBeAssigned(prototype: object): boolean {
  for (let at: object | null = prototype; at !== null; at = Object.getPrototypeOf(at)) {
    const descriptor = Object.getOwnPropertyDescriptor(at, 'query')
    if (descriptor !== undefined) return descriptor.set !== undefined || descriptor.writable === true
  }
  return true
}
