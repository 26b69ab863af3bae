import { cart } from '../cart/cart-store.js'
import { element } from '../dom/elements.js'
import { addressOfNotification } from '../notifications/notification-link.js'
import { notifications } from '../notifications/notification-store.js'
import type { Go } from '../routing/view.js'
import { session } from '../session/session.js'
import { say } from './toasts.js'

/** What the frame of all views shows: who is signed in, how much is in the cart, how much is unread. */
export function watchHeader(go: Go): void {
  watchAccount(go)
  cart.onChange(() => showCount('#cart-count', cart.pieces, 'in it'))
  notifications.onCount((unread) => showCount('#unread-count', unread, 'unread'))
  notifications.onNew((notification) => {
    say(`${notification.title}.`, { href: addressOfNotification(notification), label: 'Show' })
  })
}

function watchAccount(go: Go): void {
  const account = element<HTMLDetailsElement>('#account')
  const summary = element('summary', account)
  element('#sign-out', account).addEventListener('click', () => {
    account.open = false
    session.signOut().then(
      () => {
        say('You are signed out.')
        go('/')
      },
      () => say('Signing out did not work. Check the connection, and try again.'),
    )
  })
  account.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !account.open) return
    account.open = false
    summary.focus()
  })
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Node && !account.contains(target)) account.open = false
  })
  const show = (): void => {
    const { user } = session
    account.hidden = user === null
    element('#sign-in-link').hidden = user !== null
    element('#admin-link').hidden = !session.may('catalogue:write') && !session.may('orders:read')
    element('#account-initial').textContent = user?.name.slice(0, 1).toUpperCase() ?? ''
    element('#account-name').textContent = user?.name ?? ''
    element('#account-email').textContent = user?.email ?? ''
  }
  session.onChange(show)
  void session.ready.then(show)
}

function showCount(selector: string, count: number, what: string): void {
  const badge = element(selector)
  badge.hidden = count === 0
  element('.count-number', badge).textContent = count > 99 ? '99+' : String(count)
  element('.hidden', badge).textContent = what
}
