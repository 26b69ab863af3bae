import { registrationOf } from '../hosts/registration-notes.js'
import { applicationPlace } from '../places/application-place.js'
import { locate, placeOfFunction } from '../places/function-place.js'
import type { LayerKind, LayerNode } from '../types/layer-tree.js'
import type { Place } from '../types/place.js'
import type { AnyApplication, AnyHandler, StackLayer, StackRouter } from '../types/stack.js'

/** The functions of one tree whose places may be asked for. */
export interface AskedPlaces {
  readonly handlers: Set<AnyHandler>
  /** How often a place was asked for. */
  asked: number
}

/** What is known of a layer when it is read. */
export type KnownOfLayer = Omit<LayerNode, 'layer' | 'owner' | 'definedAt' | 'registeredAt'>

/** Whoever asks for so many places will ask for all: then they are looked up at once. */
const FEW = 20

/**
 * A layer in the tree. Its places are looked up when they are asked for. Perf: a class, since objects with accessors of their own
 * take twice as long to make, and there may be thousands of layers.
 */
export class TreeNode implements LayerNode {
  readonly kind: LayerKind
  readonly name: string
  readonly paths: readonly (string | RegExp)[]
  readonly fullPaths: readonly string[]
  readonly methods: readonly string[]
  readonly handler: AnyHandler | null
  readonly layer: StackLayer
  readonly owner: AnyApplication | StackRouter
  readonly children: readonly LayerNode[]
  readonly isCyclic: boolean
  readonly #places: AskedPlaces | null
  #registeredAt: Place | null | undefined

  /** @param isOwn its handler was not written in the framework. */
  constructor(
    places: AskedPlaces,
    owner: AnyApplication | StackRouter,
    layer: StackLayer,
    known: KnownOfLayer,
    isOwn: boolean,
  ) {
    this.kind = known.kind
    this.name = known.name
    this.paths = known.paths
    this.fullPaths = known.fullPaths
    this.methods = known.methods
    this.handler = known.handler
    this.layer = layer
    this.owner = owner
    this.children = known.children
    this.isCyclic = known.isCyclic
    this.#places = isOwn ? places : null
    this.#registeredAt = undefined
  }

  get definedAt(): Place | null {
    if (this.#places === null) return null
    if (++this.#places.asked === FEW) locate(this.#places.handlers)
    return placeOfFunction(this.handler)
  }

  get registeredAt(): Place | null {
    if (this.#registeredAt === undefined) {
      const registration = registrationOf(this.layer)
      this.#registeredAt = registration && applicationPlace(registration.trace)
    }
    return this.#registeredAt
  }
}
