import type { Routes, WireFinding, WireLayer } from '../../src/inspector/wire.js'
import { get, messageOf } from '../data/api.js'
import { hasWords } from '../data/filter.js'
import type { Search } from '../data/search.js'
import { create } from '../dom/create.js'
import { findingCard } from './finding-card.js'
import { layerTree } from './layer-tree.js'
import type { View } from './view.js'

/** The layers of the application, in their order, and what the audit has to say of them. */
export class RoutesView implements View {
  readonly element = create('div', { class: 'page routes' })
  readonly #search: Search
  #routes: Routes | null = null
  #drawn = ''
  #listed: number | null = null

  constructor(search: Search) {
    this.#search = search
  }

  get count(): number | null {
    return this.#search.words.length > 0 ? this.#listed : null
  }

  /** Asks anew each time: an application may get routes while it runs. */
  show(): void {
    this.#load()
  }

  update(): void {
    if (this.#search.words.length > 0 && this.#routes === null) this.#load()
    else this.#draw()
  }

  #load(): void {
    get<Routes>('routes').then(
      (routes) => {
        this.#routes = routes
        this.#draw()
      },
      (error: unknown) => this.element.replaceChildren(create('p', { role: 'alert' }, messageOf(error))),
    )
  }

  #draw(): void {
    if (this.#routes === null) return
    const { words } = this.#search
    const { layers, findings } = this.#routes
    const shownLayers = layers.flatMap((layer) => pruned(layer, words))
    const shownFindings = findings.filter((finding) => isFound(finding, words))
    this.#listed = countOf(shownLayers) + shownFindings.length
    const drawn = JSON.stringify([shownLayers, shownFindings])
    if (drawn === this.#drawn) return
    this.#drawn = drawn
    this.element.replaceChildren(
      create(
        'section',
        { class: 'tree' },
        create('h2', { class: 'section-title' }, 'In the order they run'),
        shownLayers.length === 0
          ? create('p', { class: 'quiet' }, 'No layer.')
          : layerTree(shownLayers, findings),
      ),
      create(
        'section',
        { class: 'findings' },
        create('h2', { class: 'section-title' }, titleOf(shownFindings)),
        ...(shownFindings.length === 0
          ? [create('p', { class: 'quiet' }, 'The audit has nothing to say.')]
          : shownFindings.map((finding) => findingCard(finding, findings.indexOf(finding)))),
      ),
    )
  }
}

function titleOf(findings: readonly WireFinding[]): string {
  return findings.length === 0 ? 'Audit' : `Audit: ${findings.length}`
}

/** A layer with those inside it that are found; all of them where it is found itself. */
function pruned(layer: WireLayer, words: readonly string[]): WireLayer[] {
  if (words.length === 0 || isLayerFound(layer, words)) return [layer]
  const children = layer.children.flatMap((child) => pruned(child, words))
  return children.length > 0 ? [{ ...layer, children }] : []
}

function isLayerFound(layer: WireLayer, words: readonly string[]): boolean {
  const { name, fullPaths, methods, definedAt, registeredAt } = layer
  return hasWords([name, ...fullPaths, ...methods, definedAt, registeredAt].join('\n'), words)
}

function isFound({ rule, what, why, mend, place }: WireFinding, words: readonly string[]): boolean {
  return hasWords([rule, what, why, mend, place].join('\n'), words)
}

function countOf(layers: readonly WireLayer[]): number {
  return layers.reduce((sum, { children, kind }) => sum + (kind === 'handler' ? 0 : 1) + countOf(children), 0)
}
