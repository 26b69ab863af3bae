/*
 * How methods of an application's responses are watched, and left as they were.
 *
 * The wrapper stands on `app.response`, which is there for additions: it calls whatever comes after it up the chain of
 * prototypes at that moment. So what others patch below it (`express.response`, node's own prototype) and above it (one
 * response, or `app.response` again) goes on working, whether they came before or come later.
 */

type Method = (this: object, ...args: unknown[]) => unknown
type Methods = Record<string, Method | undefined>

/**
 * Makes what a wrapper does. `next` is the method that comes after it, and `wrapper` the function that was called: who
 * called it stands below on the stack.
 */
export type MakeWrapper = (
  name: string,
  next: Method,
) => (self: object, args: unknown[], wrapper: Method) => unknown

/** Puts wrappers on a prototype; gives what takes them away. */
export function wrapMethods(prototype: object, names: readonly string[], make: MakeWrapper): () => void {
  const undo = names.map((name) => wrapMethod(prototype as Methods, name, make))
  return () => {
    for (const one of undo) one()
  }
}

function wrapMethod(prototype: Methods, name: string, make: MakeWrapper): () => void {
  const before = Object.getOwnPropertyDescriptor(prototype, name)
  if (typeof prototype[name] !== 'function' || !canDefine(prototype, before)) return () => {}
  const inherited = (self: object): Method =>
    ((before === undefined ? (Object.getPrototypeOf(prototype) as Methods)[name] : before.value) as
      | Method
      | undefined) ?? ((Object.getPrototypeOf(self) as Methods)[name] as Method)
  const state = { isWatched: true }
  const watched = make(name, function next(this: object, ...args: unknown[]) {
    return inherited(this).apply(this, args)
  })
  const wrapper: Method = {
    [name](this: object, ...args: unknown[]) {
      return state.isWatched ? watched(this, args, wrapper) : inherited(this).apply(this, args)
    },
  }[name] as Method
  Object.defineProperty(prototype, name, {
    value: wrapper,
    configurable: true,
    enumerable: true,
    writable: true,
  })
  return () => {
    // Who wrapped ours still calls it: then it stays, and passes everything on.
    state.isWatched = false
    if (Object.getOwnPropertyDescriptor(prototype, name)?.value !== wrapper) return
    if (before === undefined) delete prototype[name]
    else Object.defineProperty(prototype, name, before)
  }
}

function canDefine(prototype: object, before: PropertyDescriptor | undefined): boolean {
  if (before === undefined) return Object.isExtensible(prototype)
  return before.configurable === true && typeof before.value === 'function'
}
