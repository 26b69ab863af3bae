import { fetchProducts, type Product } from '../api/catalogue.js'
import { create } from '../dom/create.js'
import { pageHead } from '../dom/page-head.js'
import { formatPrice } from '../product-text.js'
import type { View, Visit } from '../routing/view.js'
import { session } from '../session/session.js'

const TYPING_PAUSE_MS = 250

/** For people who work here: the products, those with the fewest pieces first. */
export async function showAdmin({ signal }: Visit): Promise<View> {
  if (!session.may('catalogue:write')) return staffOnly()
  const search = create('input', {
    id: 'admin-search',
    type: 'search',
    maxlength: 100,
    placeholder: 'Name or SKU',
    autocomplete: 'off',
  })
  const rows = create('tbody', {})
  const count = create('p', { class: 'soft', role: 'status' })
  const load = async (): Promise<void> => {
    const words = search.value.trim()
    const query = new URLSearchParams({ sort: 'stock', limit: '50', ...(words !== '' && { q: words }) })
    const { items, page } = await fetchProducts(query, signal)
    if (words !== search.value.trim()) return
    rows.replaceChildren(...items.map(createRow))
    const total = page?.items ?? items.length
    count.textContent = total === 1 ? '1 product' : `${total} products, ${items.length} of them shown`
  }
  let pause: ReturnType<typeof setTimeout> | undefined
  search.addEventListener('input', () => {
    clearTimeout(pause)
    pause = setTimeout(
      () => void load().catch(() => (count.textContent = 'The search did not work.')),
      TYPING_PAUSE_MS,
    )
  })
  await load()
  const head = ['Product', 'SKU', 'Price', 'Stock'].map((name) => create('th', { scope: 'col' }, name))
  const content = create(
    'div',
    { class: 'page' },
    pageHead('Products'),
    create(
      'div',
      { class: 'admin-search', role: 'search' },
      create('label', { for: 'admin-search' }, 'Find a product'),
      search,
      count,
    ),
    create('table', { class: 'table' }, create('thead', {}, create('tr', {}, ...head)), rows),
  )
  return { title: 'Admin', content }
}

export function staffOnly(): View {
  const content = create(
    'div',
    { class: 'page small' },
    pageHead('For staff only'),
    create('p', {}, 'Your account may not change the catalogue.'),
  )
  return { title: 'For staff only', content }
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
