import { ApiError } from '../api/api-error.js'
import { type DeadEvent, fetchDeadEvents, retryAllEvents, retryEvent } from '../api/events.js'
import { create } from '../dom/create.js'
import { moment } from '../dom/moment.js'
import { pageHead } from '../dom/page-head.js'
import { say } from '../frame/toasts.js'
import type { View, Visit } from '../routing/view.js'
import { session } from '../session/session.js'
import { adminSections, staffOnly } from './sections.js'

/** For people who work here: events that nobody could be told of, and the way to try again. */
export async function showDeadEvents({ signal }: Visit): Promise<View> {
  if (!session.may('events:manage')) return staffOnly('Your account may not look after events.')
  const list = create('ul', { class: 'rows' })
  const empty = create(
    'p',
    { class: 'message-text' },
    'There are none: whatever has happened has been delivered, or still waits for its turn.',
  )
  const all = create('button', { class: 'button', type: 'button' }, 'Try all again')
  const more = create('button', { class: 'button', type: 'button', hidden: true }, 'Show more')
  const content = create(
    'div',
    { class: 'page' },
    adminSections('Events'),
    pageHead('Events given up', all),
    empty,
    list,
    create('div', { class: 'foot' }, more),
  )
  let cursor: string | null = null

  const showHow = (): void => {
    more.hidden = cursor === null
    empty.hidden = list.childElementCount > 0
    all.hidden = list.childElementCount === 0
  }
  const load = async (): Promise<void> => {
    const { items, nextCursor } = await fetchDeadEvents(cursor, signal)
    list.append(...items.map((event) => createRow(event, gone)))
    cursor = nextCursor
    showHow()
  }
  /** One is tried again: the next one is at hand. */
  const gone = (row: HTMLElement): void => {
    const next = row.nextElementSibling ?? row.previousElementSibling
    row.remove()
    showHow()
    const focused = next?.querySelector('button') ?? content.querySelector('h1')
    focused?.focus()
  }
  const retryAll = async (): Promise<void> => {
    const count = await retryAllEvents()
    list.replaceChildren()
    cursor = null
    showHow()
    say(count === 1 ? 'One event is tried again.' : `${count} events are tried again.`)
    content.querySelector('h1')?.focus()
  }
  once(all, retryAll)
  once(more, async () => {
    const before = list.childElementCount
    await load()
    list.children[before]?.querySelector('button')?.focus()
  })
  await load()
  return { title: 'Events given up', content }
}

function createRow(event: DeadEvent, gone: (row: HTMLElement) => void): HTMLElement {
  const { id, type, aggregate, occurredAt, attempts, lastError } = event
  const retry = create(
    'button',
    { class: 'button small', type: 'button', 'aria-label': `Try again: ${type} of ${aggregate}` },
    'Try again',
  )
  const row = create(
    'li',
    { class: 'row with-action' },
    create(
      'div',
      { class: 'row-text' },
      create('strong', {}, type),
      create('span', { class: 'soft code' }, aggregate),
      create('span', { class: 'soft' }, moment(occurredAt), ` · ${attempts} attempts`),
      lastError === null ? null : create('span', { class: 'warning code' }, lastError),
    ),
    create('div', { class: 'row-actions' }, retry),
  )
  once(retry, async () => {
    try {
      await retryEvent(id)
      say(`${type} is tried again.`)
    } catch (error) {
      // Somebody else was faster.
      if (!(error instanceof ApiError) || error.status !== 404) throw error
      say(`${type} was tried again already.`)
    }
    gone(row)
  })
  return row
}

/** What a button does, not twice at the same time. It keeps the focus meanwhile. */
function once(button: HTMLButtonElement, act: () => Promise<void>): void {
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled') === 'true') return
    button.setAttribute('aria-disabled', 'true')
    act()
      .catch((error: unknown) => say(ApiError.messageOf(error)))
      .finally(() => button.removeAttribute('aria-disabled'))
  })
}
