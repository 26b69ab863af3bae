import { create } from '../dom/create.js'
import type { DetailName } from './details.js'

export interface Conflict {
  readonly name: DetailName
  readonly label: string
  readonly theirs: string
  readonly mine: string
}

export type Choice = 'theirs' | 'mine'

/** What two people have changed otherwise: both values of each, and the choice between them. */
export class ConflictPanel {
  readonly #heading = create(
    'h3',
    { id: 'conflict-heading', tabindex: -1 },
    'Somebody else changed this meanwhile',
  )
  readonly #list = create('ul', { class: 'conflicts' })
  readonly element = create(
    'section',
    { class: 'conflict', 'aria-labelledby': 'conflict-heading', hidden: true },
    this.#heading,
    create('p', {}, 'Nothing is saved yet. Choose what shall stay, then save again.'),
    this.#list,
  )
  readonly #chosen: (name: DetailName, choice: Choice) => void
  readonly #done: () => void

  /** Calls back for each choice, and after the last one. */
  constructor(chosen: (name: DetailName, choice: Choice) => void, done: () => void) {
    this.#chosen = chosen
    this.#done = done
  }

  /** In place of what it showed before; of none, it goes away. */
  show(conflicts: readonly Conflict[]): void {
    this.#list.replaceChildren(...conflicts.map((conflict) => this.#createItem(conflict)))
    this.element.hidden = conflicts.length === 0
    if (conflicts.length > 0) this.#heading.focus()
  }

  #createItem({ name, label, theirs, mine }: Conflict): HTMLElement {
    const choose = (choice: Choice): void => {
      item.remove()
      this.#chosen(name, choice)
      const next = this.#list.querySelector('button')
      this.element.hidden = next === null
      if (next === null) this.#done()
      else next.focus()
    }
    const value = (whose: string, text: string, choice: Choice, button: string): HTMLElement =>
      create(
        'div',
        { class: 'conflict-value' },
        create('span', { class: 'soft' }, whose),
        create('p', {}, text),
        create(
          'button',
          {
            class: 'button small',
            type: 'button',
            'aria-label': `${button}: ${label}`,
            onclick: () => choose(choice),
          },
          button,
        ),
      )
    const item = create(
      'li',
      {},
      create('h4', {}, label),
      value('Theirs, saved', theirs, 'theirs', 'Take theirs'),
      value('Yours', mine, 'mine', 'Keep mine'),
    )
    return item
  }
}
