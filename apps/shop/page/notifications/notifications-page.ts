import { ApiError } from '../api/api-error.js'
import { create } from '../dom/create.js'
import { moment } from '../dom/moment.js'
import { pageHead } from '../dom/page-head.js'
import { say } from '../frame/toasts.js'
import { orderNumber } from '../orders/order-number.js'
import type { View, Visit } from '../routing/view.js'
import { addressOfNotification } from './notification-link.js'
import { type Notification, notifications } from './notification-store.js'

/** What has happened, the newest first. What comes in while it is shown is put on top. */
export async function showNotifications({ signal }: Visit): Promise<View> {
  const list = create('ul', { class: 'rows' })
  const empty = create(
    'p',
    { class: 'message-text' },
    'Nothing has happened yet. Your orders will report here.',
  )
  const readAll = create('button', { class: 'button', type: 'button' }, 'Mark all as read')
  const more = create('button', { class: 'button', type: 'button' }, 'Show more')
  let newest: string | null = null
  let cursor: string | null = null

  const load = async (): Promise<void> => {
    const { items, nextCursor } = await notifications.list(cursor, signal)
    newest ??= items[0]?.id ?? null
    cursor = nextCursor
    more.hidden = nextCursor === null
    list.append(...items.map(createRow))
    empty.hidden = list.childElementCount > 0
  }
  more.addEventListener('click', () => void load().catch(sayFailure))
  readAll.addEventListener('click', () => {
    if (newest === null) return
    notifications.readAll(newest).then(() => {
      for (const row of list.children) row.classList.remove('unread')
      readAll.hidden = true
      say('All are read.')
      content.querySelector('h1')?.focus()
    }, sayFailure)
  })
  const content = create(
    'div',
    { class: 'page narrow' },
    pageHead('News', readAll),
    empty,
    list,
    create('div', { class: 'foot' }, more),
  )
  await load()
  readAll.hidden = notifications.unread === 0
  notifications.onNew((notification) => {
    newest = notification.id
    list.prepend(createRow(notification))
    empty.hidden = true
    readAll.hidden = false
  }, signal)
  return { title: 'News', content }
}

function createRow(notification: Notification): HTMLElement {
  const { id, title, data, createdAt, readAt } = notification
  const about = data.orderId === undefined ? null : `Order ${orderNumber(String(data.orderId))} · `
  // Who follows it has read it.
  const read = (): void => void notifications.read(id).catch(() => {})
  return create(
    'li',
    { class: readAt === null ? 'row unread' : 'row' },
    create(
      'div',
      { class: 'row-text' },
      create(
        'a',
        {
          class: 'row-link',
          href: addressOfNotification(notification),
          onclick: readAt === null ? read : null,
        },
        readAt === null && create('span', { class: 'hidden' }, 'New: '),
        title,
      ),
      create('span', { class: 'soft' }, about, moment(createdAt)),
    ),
  )
}

function sayFailure(error: unknown): void {
  say(ApiError.messageOf(error))
}
