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
  const hasSetter = whereQueryIsReadOnly(prototype) === null
  known.set(prototype, hasSetter)
  return hasSetter
}

/** Where in a chain of prototypes the member `query` is that can't be assigned: the requests of an Express. Null when it can. */
export function whereQueryIsReadOnly(prototype: object): object | null {
  const member = findMember(prototype, 'query')
  if (member === null) return null
  const { holder, descriptor } = member
  return descriptor.set !== undefined || descriptor.writable === true ? null : holder
}

/** A member of an object, or of the first of its prototypes that has it. */
export function findMember(
  object: object,
  name: string,
): { holder: object; descriptor: PropertyDescriptor } | null {
  for (let at: object | null = object; at !== null; at = Object.getPrototypeOf(at)) {
    const descriptor = Object.getOwnPropertyDescriptor(at, name)
    if (descriptor !== undefined) return { holder: at, descriptor }
  }
  return null
}
