import { fetchCategories, type Product } from '../api/catalogue.js'
import { create } from '../dom/create.js'
import { pageHead } from '../dom/page-head.js'
import type { View, Visit } from '../routing/view.js'
import { request } from '../session/request.js'
import { session } from '../session/session.js'
import { staffOnly } from './admin-page.js'
import { createDetailsForm } from './details-form.js'
import { createImagesPanel } from './images-panel.js'
import { createStockPanel } from './stock-panel.js'

/** One product: its details, its stock, its images. */
export async function showProductEditor({ params, signal }: Visit): Promise<View> {
  if (!session.may('catalogue:write')) return staffOnly()
  const id = params.id ?? ''
  const [read, categories] = await Promise.all([
    request<Product>(`/products/${id}`, { signal }),
    fetchCategories(),
  ])
  const { value: product } = read
  const content = create(
    'div',
    { class: 'page' },
    create('p', { class: 'back' }, create('a', { href: '/admin' }, 'All products')),
    pageHead(product.name, create('a', { href: `/products/${product.id}` }, 'As customers see it')),
    create(
      'div',
      { class: 'panels' },
      panel('Details', createDetailsForm(read, categories)),
      create(
        'div',
        { class: 'panel-column' },
        panel('Stock', createStockPanel(product, signal)),
        panel('Images', await createImagesPanel(product.id, signal)),
      ),
    ),
  )
  return { title: `Edit ${product.name}`, content }
}

function panel(title: string, body: Node): HTMLElement {
  const id = `panel-${title.toLowerCase()}`
  return create('section', { class: 'panel', 'aria-labelledby': id }, create('h2', { id }, title), body)
}
