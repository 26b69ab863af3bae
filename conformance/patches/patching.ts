type Method = (this: unknown, ...args: unknown[]) => unknown

/** A member that can be patched: a method by assignment, a getter through its descriptor. */
export interface Member {
  name: PropertyKey
  kind: 'method' | 'getter'
}

/** Told of each call of a patched member: what it was called on, and with what. */
export type Witness = (self: unknown, args: readonly unknown[]) => void

/** Every function and every object has these; nobody patches them to see requests. */
const FOREIGN: ReadonlySet<object> = new Set([Object.prototype, Function.prototype])

/** All methods and getters that can be patched on an object: its own, and those that it inherits. */
export function membersOf(target: object): Member[] {
  const members = new Map<PropertyKey, Member>()
  for (const owner of chainOf(target)) {
    for (const name of Reflect.ownKeys(owner)) {
      const { get, value } = Object.getOwnPropertyDescriptor(owner, name) as PropertyDescriptor
      if (name === 'constructor' || members.has(name)) continue
      if (get) members.set(name, { name, kind: 'getter' })
      else if (typeof value === 'function') members.set(name, { name, kind: 'method' })
    }
  }
  // Some getters of node can be patched further down only.
  return [...members.values()].filter(
    ({ name }) => Object.getOwnPropertyDescriptor(target, name)?.configurable !== false,
  )
}

/**
 * Puts a patch on an object that does what was there before, and tells of it, as agents and middleware do. Gives the way
 * back; null when the object has no such member.
 */
export function patch(target: object, { name, kind }: Member, witness: Witness): (() => void) | null {
  const own = Object.getOwnPropertyDescriptor(target, name)
  if (kind === 'method') {
    const method: unknown = Reflect.get(target, name)
    if (typeof method !== 'function') return null
    assign(target, name, wrapped(method as Method, witness))
    return () => {
      if (own?.set) assign(target, name, method)
      else giveBack(target, name, own)
    }
  }
  const inherited = chainOf(target)
    .map((owner) => Object.getOwnPropertyDescriptor(owner, name))
    .find((descriptor) => descriptor !== undefined)
  if (!inherited?.get || own?.configurable === false) return null
  const { get, set, enumerable } = inherited
  const watching = {
    get(this: unknown): unknown {
      witness(this, [])
      return get.call(this)
    },
  }
  Object.defineProperty(target, name, {
    configurable: true,
    enumerable: enumerable === true,
    get: watching.get,
    set,
  })
  return () => giveBack(target, name, own)
}

function wrapped(method: Method, witness: Witness): Method {
  const patched: Method = function patched(...args) {
    try {
      return method.apply(this, args)
    } finally {
      // After the call: a request knows which one it is when its fields have been taken in.
      witness(this, args)
    }
  }
  // Handlers of errors are told by the number of their parameters.
  return Object.defineProperty(patched, 'length', { value: method.length })
}

function assign(target: object, name: PropertyKey, value: unknown): void {
  ;(target as Record<PropertyKey, unknown>)[name] = value
}

function giveBack(target: object, name: PropertyKey, own: PropertyDescriptor | undefined): void {
  if (own) Object.defineProperty(target, name, own)
  else Reflect.deleteProperty(target, name)
}

function chainOf(target: object): object[] {
  const chain = []
  for (let step: object | null = target; step && !FOREIGN.has(step); step = Object.getPrototypeOf(step)) {
    chain.push(step)
  }
  return chain
}
