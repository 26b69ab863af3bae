import { hasWords } from '../data/filter.js'
import type { Search } from '../data/search.js'
import type { Store } from '../data/store.js'
import { create } from '../dom/create.js'
import { INCIDENT_NAMES, incidentCard } from './incident-card.js'
import type { View } from './view.js'

/** What went wrong, once for each place, the latest first. */
export class IncidentsView implements View {
  readonly element = create('div', { class: 'page' })
  readonly #store: Store
  readonly #search: Search
  #listed = 0
  #drawn = ''

  constructor(store: Store, search: Search) {
    this.#store = store
    this.#search = search
  }

  get count(): number | null {
    return this.#listed
  }

  show(): void {}

  update(): void {
    const listed = this.#store.incidents.filter(({ kind, message, places, method, url }) =>
      hasWords(
        [INCIDENT_NAMES[kind], kind, message, method, url, ...places.map(({ place }) => place)].join('\n'),
        this.#search.words,
      ),
    )
    this.#listed = listed.length
    const drawn = JSON.stringify(listed)
    // A card that is open stays so until something changes.
    if (drawn === this.#drawn) return
    this.#drawn = drawn
    this.element.replaceChildren(
      create('h2', { class: 'off-screen' }, 'Incidents'),
      ...(listed.length > 0
        ? listed.toReversed().map((incident) => incidentCard(incident, true))
        : [create('div', { class: 'empty' }, create('p', {}, this.#emptyText()))]),
    )
  }

  #emptyText(): string {
    return this.#search.words.length > 0
      ? 'No incident is like that.'
      : 'Nothing hung, no one answered twice, no promise was dropped.'
  }
}
