import { fetchCategories, type Product } from '../api/catalogue.js'
import { success } from '../api/client.js'
import { create } from '../dom/create.js'
import { pageHead } from '../dom/page-head.js'
import { ask } from '../dom/question.js'
import { say } from '../frame/toasts.js'
import type { View, Visit } from '../routing/view.js'
import { session } from '../session/session.js'
import { asVisitor } from '../session/visitor.js'
import { createDetailsForm } from './details-form.js'
import { createImagesPanel } from './images-panel.js'
import { Removal } from './removal.js'
import { staffOnly } from './sections.js'
import { createStockPanel } from './stock-panel.js'

/** One product: its details, its stock, its images, and its end. */
export async function showProductEditor({ params, signal, go }: Visit): Promise<View> {
  if (!session.may('catalogue:write')) return staffOnly()
  const id = Number(params.id)
  const [{ data: product }, categories] = await Promise.all([
    success(asVisitor.get('/v1/products/{id}', { params: { id }, signal })),
    fetchCategories(),
  ])
  let { name } = product
  const removal = new Removal(product)
  const head = pageHead(name, create('a', { href: `/products/${product.id}` }, 'As customers see it'))
  const saved = (changed: Product): void => {
    document.title = document.title.replace(name, () => changed.name)
    name = changed.name
    removal.knows(changed)
    head.querySelector('h1')?.replaceChildren(name)
  }
  const remove = (): void =>
    ask(content, {
      title: 'Remove this product?',
      text: `${name} will be gone from the catalogue, and can not be brought back. Orders keep what they have of it.`,
      yes: 'Remove it',
      no: 'Keep it',
      act: async () => {
        await removal.remove()
        say(`${name} is removed.`)
        go('/admin', { replace: true })
      },
    })
  const content = create(
    'div',
    { class: 'page' },
    create('p', { class: 'back' }, create('a', { href: '/admin' }, 'All products')),
    head,
    create('p', { class: 'hint sku-line' }, `SKU ${product.sku}`),
    create(
      'div',
      { class: 'panels' },
      create(
        'div',
        { class: 'panel-column' },
        panel('Details', createDetailsForm(product, categories, saved)),
        panel(
          'Removal',
          create('button', { class: 'button', type: 'button', onclick: remove }, 'Remove this product …'),
        ),
      ),
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
