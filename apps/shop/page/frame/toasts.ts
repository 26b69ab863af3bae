import { create } from '../dom/create.js'
import { element } from '../dom/elements.js'

const SHOWN_MS = 6000

/** Says something in passing: seen in the corner, and read out when the visitor is between two things. */
export function say(text: string, link?: { readonly href: string; readonly label: string }): void {
  const toast = create('p', { class: 'toast' }, text)
  if (link !== undefined) toast.append(' ', create('a', { href: link.href }, link.label))
  const toasts = element('#toasts')
  toasts.append(toast)
  while (toasts.childElementCount > 3) toasts.firstElementChild?.remove()
  setTimeout(() => toast.remove(), SHOWN_MS)
}
