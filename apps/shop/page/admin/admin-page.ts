import { ApiError } from '../api/api-error.js'
import { fetchProducts, type Product } from '../api/catalogue.js'
import { create } from '../dom/create.js'
import { pageHead } from '../dom/page-head.js'
import { say } from '../frame/toasts.js'
import { formatPrice } from '../product-text.js'
import type { View, Visit } from '../routing/view.js'
import { session } from '../session/session.js'
import { adminSections, staffOnly } from './sections.js'
import { showStaffOrders } from './staff-orders-page.js'

const TYPING_PAUSE_MS = 250
const PAGE_SIZE = 50

/** For people who work here: the products, those with the fewest pieces first. */
export async function showAdmin(visit: Visit): Promise<View> {
  if (!session.may('catalogue:write'))
    return session.may('orders:read') ? showStaffOrders(visit) : staffOnly()
  const { signal } = visit
  const search = create('input', {
    id: 'admin-search',
    type: 'search',
    maxlength: 100,
    placeholder: 'Name or SKU',
    autocomplete: 'off',
  })
  const rows = create('tbody', {})
  const count = create('p', { class: 'soft', role: 'status' })
  const more = create('button', { class: 'button', type: 'button', hidden: true }, 'Show more')
  let total = 0
  let cursor: string | null = null

  /** The products after a cursor; false when the visitor looks for something else by now. */
  const load = async (after: string | null): Promise<boolean> => {
    const words = search.value.trim()
    const query = {
      sort: 'stock',
      limit: PAGE_SIZE,
      ...(words !== '' && { q: words }),
      ...(after !== null && { cursor: after }),
    }
    const { items, page, nextCursor } = await fetchProducts(query, signal)
    if (words !== search.value.trim()) return false
    if (after === null) rows.replaceChildren()
    rows.append(...items.map(createRow))
    cursor = nextCursor
    more.hidden = nextCursor === null
    const shown = rows.childElementCount
    // Products may have come or gone since they were counted; the end of the list is what counts.
    total = nextCursor === null ? shown : (page?.items ?? total)
    const products = total === 1 ? '1 product' : `${total} products`
    count.textContent = shown < total ? `${products}, ${shown} of them shown` : products
    return true
  }
  let pause: ReturnType<typeof setTimeout> | undefined
  search.addEventListener('input', () => {
    clearTimeout(pause)
    pause = setTimeout(
      () => void load(null).catch(() => (count.textContent = 'The search did not work.')),
      TYPING_PAUSE_MS,
    )
  })
  more.addEventListener('click', () => {
    if (more.getAttribute('aria-disabled') === 'true') return
    more.setAttribute('aria-disabled', 'true')
    const before = rows.childElementCount
    load(cursor)
      .then(
        (isShown) => {
          if (isShown) rows.children[before]?.querySelector('a')?.focus()
        },
        (error: unknown) => say(ApiError.messageOf(error)),
      )
      .finally(() => more.removeAttribute('aria-disabled'))
  })
  await load(null)
  const head = ['Product', 'SKU', 'Price', 'Stock'].map((name) => create('th', { scope: 'col' }, name))
  const content = create(
    'div',
    { class: 'page' },
    adminSections('Products'),
    pageHead(
      'Products',
      create('a', { class: 'button primary', href: '/admin/products/new' }, 'New product'),
    ),
    create(
      'div',
      { class: 'admin-search', role: 'search' },
      create('label', { for: 'admin-search' }, 'Find a product'),
      search,
      count,
    ),
    create('table', { class: 'table' }, create('thead', {}, create('tr', {}, ...head)), rows),
    create('div', { class: 'foot' }, more),
  )
  return { title: 'Admin', content }
}

function createRow({ id, name, sku, price, stock }: Product): HTMLElement {
  return create(
    'tr',
    {},
    create('th', { scope: 'row' }, create('a', { href: `/admin/products/${id}` }, name)),
    create('td', { class: 'sku' }, sku),
    create('td', { class: 'number' }, formatPrice(price)),
    create('td', { class: stock === 0 ? 'number warning' : 'number' }, String(stock)),
  )
}
