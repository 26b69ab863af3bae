import { fetchCategories } from '../api/catalogue.js'
import { success } from '../api/client.js'
import { create } from '../dom/create.js'
import { createForm, field } from '../dom/form.js'
import { pageHead } from '../dom/page-head.js'
import { say } from '../frame/toasts.js'
import type { View, Visit } from '../routing/view.js'
import { session } from '../session/session.js'
import { asVisitor } from '../session/visitor.js'
import { DetailFields, MOST_PIECES } from './detail-fields.js'
import { bodyOf, CURRENCY, NO_DETAILS } from './details.js'
import { staffOnly } from './sections.js'

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
      const body = { ...bodyOf(fields.read()), sku: sku.value.trim(), stock: Number(stock.value) }
      const { data } = await success(asVisitor.post('/v1/products', { body }))
      say(`${data.name} is in the catalogue.`)
      go(`/admin/products/${data.id}`, { replace: true })
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
