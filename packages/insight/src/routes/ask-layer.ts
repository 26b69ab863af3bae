import { registrationOf } from '../hosts/registration-notes.js'
import type { StackLayer } from '../types/stack.js'

/** What a layer said of a path. */
export type LayerAnswer =
  | { readonly is: 'match'; readonly path: string; readonly params: Params; readonly keys: readonly string[] }
  | { readonly is: 'none' }
  /** A parameter can't be decoded, or the layer is broken: a request would get this error. */
  | { readonly is: 'error'; readonly error: unknown }

export type Params = Record<string, unknown>

/** What layers of Express keep of their last match. */
const WRITTEN = ['params', 'path', 'keys'] as const

/**
 * Asks layers whether they match, as a request does: by their own `match`, which may have been replaced. What that writes, to the
 * layer and to a regular expression with the flag `g` or `y`, is put back by `restore()`, and not before: within one request a
 * layer sees what the one before it left there.
 */
export class Asking {
  readonly #members = new Map<StackLayer, (PropertyDescriptor | undefined)[]>()
  readonly #positions = new Map<RegExp, number>()

  ask(layer: StackLayer, path: string): LayerAnswer {
    try {
      this.#keep(layer)
      // What is no layer has no match(): a request fails with the TypeError.
      const found = (layer.match as (path: string) => unknown).call(layer, path)
      if (!found) return { is: 'none' }
      return answerOf(typeof found === 'object' ? found : layer)
    } catch (error) {
      return { is: 'error', error }
    }
  }

  #keep(layer: StackLayer): void {
    if (this.#members.has(layer)) return
    const members = WRITTEN.map((name) => Object.getOwnPropertyDescriptor(layer, name))
    this.#members.set(layer, members)
    for (const path of [layer.rawPath, registrationOf(layer)?.path, layer.route?.path])
      this.#keepPositions(path)
  }

  #keepPositions(path: unknown): void {
    if (Array.isArray(path)) for (const one of path) this.#keepPositions(one)
    else if (path instanceof RegExp && !this.#positions.has(path)) this.#positions.set(path, path.lastIndex)
  }

  restore(): void {
    for (const [pattern, lastIndex] of this.#positions) pattern.lastIndex = lastIndex
    for (const [layer, members] of this.#members) {
      for (const [i, name] of WRITTEN.entries()) restoreMember(layer, name, members[i])
    }
  }
}

function answerOf(found: { path?: unknown; params?: unknown; keys?: unknown }): LayerAnswer {
  const params = (typeof found.params === 'object' && found.params !== null ? found.params : {}) as Params
  const path = typeof found.path === 'string' ? found.path : ''
  const keys = Array.isArray(found.keys) ? (found.keys as string[]) : Object.keys(params)
  return { is: 'match', path, params, keys }
}

function restoreMember(layer: StackLayer, name: string, before: PropertyDescriptor | undefined): void {
  const now = Object.getOwnPropertyDescriptor(layer, name)
  if (now === undefined && before === undefined) return
  if (before === undefined) Reflect.deleteProperty(layer, name)
  else if (now?.value !== before.value) Reflect.defineProperty(layer, name, before)
}
