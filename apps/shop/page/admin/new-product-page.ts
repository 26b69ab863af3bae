import { fetchCategories, type Product } from '../api/catalogue.js'
import { create } from '../dom/create.js'
import { createForm, field } from '../dom/form.js'
import { pageHead } from '../dom/page-head.js'
import { say } from '../frame/toasts.js'
import type { View, Visit } from '../routing/view.js'
import { request } from '../session/request.js'
import { session } from '../session/session.js'
import { DetailFields, MOST_PIECES } from './detail-fields.js'
import { bodyOf, DETAIL_NAMES, NO_DETAILS } from './details.js'
import { staffOnly } from './sections.js'

/** The catalogue has one. */
const CURRENCY = 'EUR'

/** A product that is not there yet. When it is, its editor takes its pictures. */
export async function showNewProduct({ go }: Visit): Promise<View> {
  if (!session.may('catalogue:write')) return staffOnly()
  const fields = new DetailFields(NO_DETAILS, await fetchCategories(), CURRENCY)
  const sku = create('input', {
    name: 'sku',
    required: true,
    minlength: 3,
    maxlength: 32,
    pattern: '[A-Z0-9][A-Z0-9\\-]{1,30}[A-Z0-9]',
    autocapitalize: 'characters',
    autocomplete: 'off',
    spellcheck: 'false',
    oninput: () => {
      const { selectionStart, selectionEnd } = sku
      sku.value = sku.value.toUpperCase()
      sku.setSelectionRange(selectionStart, selectionEnd)
    },
  })
  const stock = create('input', {
    name: 'stock',
    type: 'number',
    inputmode: 'numeric',
    required: true,
    min: 0,
    max: MOST_PIECES,
    step: 1,
    value: 0,
  })
  const form = createForm({
    fields: [
      field('SKU', sku, 'The number on the label: 3 to 32 letters, digits and hyphens, such as TEA-0103.'),
      ...fields.elements,
      field('Pieces in stock', stock),
    ],
    submit: 'Create',
    after: create('a', { class: 'button', href: '/admin' }, 'Cancel'),
    act: async () => {
      const details = bodyOf(fields.read(), DETAIL_NAMES, CURRENCY)
      const json = { ...details, sku: sku.value.trim(), stock: Number(stock.value) }
      const { value } = await request<Product>('/products', { method: 'POST', json })
      say(`${value.name} is in the catalogue.`)
      go(`/admin/products/${value.id}`, { replace: true })
    },
  })
  const content = create(
    'div',
    { class: 'page narrow' },
    create('p', { class: 'back' }, create('a', { href: '/admin' }, 'All products')),
    pageHead('New product'),
    create('section', { class: 'panel', 'aria-label': 'New product' }, form),
  )
  return { title: 'New product', content }
}
