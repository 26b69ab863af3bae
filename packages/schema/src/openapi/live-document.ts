import {
  type AnyApplication,
  ownerInside,
  routerOf,
  type StackLayer,
  type StackRouter,
} from '@nozomi/insight/layers'
import { openapiDocument } from './document.js'
import type { DocumentOptions } from './types/document-options.js'
import type { OpenApiDocument } from './types/document.js'

type Owner = AnyApplication | StackRouter

/** One stack as it was when the document was made. */
interface KnownStack {
  readonly read: () => readonly unknown[] | undefined
  readonly layers: readonly unknown[]
}

/**
 * The document of an application as it is now: made when it is first asked for, and again when a layer was added to one of its
 * stacks, taken away or replaced. Perf: what is compared are the layers, by identity; nothing of a contract is read for it.
 */
export class LiveDocument {
  readonly #app: Owner
  readonly #options: () => DocumentOptions
  #made: { readonly document: OpenApiDocument; readonly stacks: readonly KnownStack[] } | null = null

  /** @param options read when the document is made */
  constructor(app: Owner, options: () => DocumentOptions) {
    this.#app = app
    this.#options = options
  }

  /** The same object as long as nothing has changed. */
  get current(): OpenApiDocument {
    if (this.#made === null || !this.#made.stacks.every(isAsKnown)) {
      // Read first: what is registered meanwhile is noticed the next time.
      const stacks = stacksOf(this.#app)
      this.#made = { document: openapiDocument(this.#app, this.#options()), stacks }
    }
    return this.#made.document
  }
}

function isAsKnown({ read, layers }: KnownStack): boolean {
  const now = read() ?? []
  return now.length === layers.length && layers.every((layer, i) => layer === now[i])
}

/** The stacks of an application: its own, those of its routes, and those of all that is mounted on it. */
function stacksOf(app: Owner): KnownStack[] {
  const stacks: KnownStack[] = []
  const seen = new Set<Owner>()
  const open: Owner[] = [app]
  for (let owner = open.pop(); owner !== undefined; owner = open.pop()) {
    if (seen.has(owner)) continue
    seen.add(owner)
    const router = owner
    const read = (): readonly unknown[] | undefined => routerOf(router)?.stack
    const layers = [...(read() ?? [])]
    stacks.push({ read, layers })
    for (const layer of layers) {
      const { route } = (layer ?? {}) as StackLayer
      if (route) stacks.push({ read: () => route.stack, layers: [...(route.stack ?? [])] })
      const inside = layer === null || typeof layer !== 'object' ? null : ownerInside(layer)
      if (inside !== null) open.push(inside)
    }
  }
  return stacks
}
