import { create } from '../dom/create.js'
import { pageHead } from '../dom/page-head.js'
import type { View } from '../routing/view.js'
import { session } from '../session/session.js'

const SECTIONS = [
  { name: 'Products', href: '/admin', permission: 'catalogue:write' },
  { name: 'Orders', href: '/admin/orders', permission: 'orders:read' },
  { name: 'Events', href: '/admin/events', permission: 'events:manage' },
] as const

/** Links to what the visitor may work on; none when it is one thing alone. */
export function adminSections(current: (typeof SECTIONS)[number]['name']): HTMLElement | null {
  const allowed = SECTIONS.filter(({ permission }) => session.may(permission))
  if (allowed.length < 2) return null
  const links = allowed.map(({ name, href }) =>
    create('a', { href, 'aria-current': name === current ? 'page' : null }, name),
  )
  return create('nav', { class: 'sections', 'aria-label': 'Administration' }, ...links)
}

export function staffOnly(text = 'Your account may not change the catalogue.'): View {
  const content = create('div', { class: 'page small' }, pageHead('For staff only'), create('p', {}, text))
  return { title: 'For staff only', content }
}
