import { types } from 'node:util'

/**
 * A member of an object or of one it inherits from, without running anything: what a getter would give, and what a Proxy
 * would say, stays unknown.
 */
export function dataOf(value: unknown, name: string): unknown {
  for (let object = value, depth = 0; isObject(object) && depth < MOST_PROTOTYPES; depth++) {
    if (types.isProxy(object)) return undefined
    const descriptor = Object.getOwnPropertyDescriptor(object, name)
    if (descriptor) return descriptor.value
    object = Object.getPrototypeOf(object)
  }
  return undefined
}

/** Whether the member would come out of a getter or a Proxy, so that nothing can be said of it. */
export function isHidden(value: unknown, name: string): boolean {
  for (let object = value, depth = 0; isObject(object) && depth < MOST_PROTOTYPES; depth++) {
    if (types.isProxy(object)) return true
    const descriptor = Object.getOwnPropertyDescriptor(object, name)
    if (descriptor) return descriptor.get !== undefined
    object = Object.getPrototypeOf(object)
  }
  return false
}

const MOST_PROTOTYPES = 16

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
