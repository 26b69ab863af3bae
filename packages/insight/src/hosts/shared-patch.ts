/*
 * A patch that several ask for: made for the first of them, undone when the last lets go. What is patched belongs to
 * others, and others patch it as well, before and after.
 */

type Method = (this: never, ...args: never[]) => unknown

/** Whether a patch is still wanted. One that can't be taken out, because somebody stands on it, is told to stand aside. */
export interface PatchState {
  isOn: boolean
}

/** Patches an owner, and gives what undoes it. */
type Patch<Owner extends object> = (owner: Owner) => () => void

export class SharedPatch<Owner extends object> {
  readonly #patch: Patch<Owner>
  readonly #held = new WeakMap<Owner, { holders: number; readonly undo: () => void }>()

  constructor(patch: Patch<Owner>) {
    this.#patch = patch
  }

  /** Patches the owner, unless it is already; gives what lets go of it. */
  hold(owner: Owner): () => void {
    const held = this.#held.get(owner) ?? { holders: 0, undo: this.#patch(owner) }
    this.#held.set(owner, held)
    held.holders++
    let isHolding = true
    return () => {
      if (!isHolding) return
      isHolding = false
      held.holders--
      if (held.holders > 0) return
      this.#held.delete(owner)
      held.undo()
    }
  }
}

/**
 * Puts a method in place of another, with its name and the number of its parameters; gives what undoes it. While somebody
 * else's wrapper stands on it, it stays where it is, and `state.isOn` is false.
 */
export function replaceMethod<M extends Method>(
  owner: object,
  name: string,
  make: (original: M, state: PatchState) => M,
): () => void {
  const members = owner as Record<string, unknown>
  const descriptor = Object.getOwnPropertyDescriptor(owner, name)
  const original = members[name]
  if (typeof original !== 'function' || descriptor?.writable === false) return () => {}
  const state = { isOn: true }
  const replacement = likeFunction(make(original as M, state), original)
  members[name] = replacement
  return () => {
    state.isOn = false
    if (members[name] !== replacement) return
    if (descriptor === undefined) delete members[name]
    else members[name] = original
  }
}

/** Gives a function the name and the number of parameters of another: both are read by those who look at handlers. */
export function likeFunction<F extends Method>(wrapper: F, original: { name: string; length: number }): F {
  for (const key of ['name', 'length'] as const) {
    Object.defineProperty(wrapper, key, { value: original[key], configurable: true })
  }
  return wrapper
}
