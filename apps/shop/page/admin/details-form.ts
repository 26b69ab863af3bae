import type { Answer } from '../api/call.js'
import type { Category, Product } from '../api/catalogue.js'
import { create } from '../dom/create.js'
import { createForm, field } from '../dom/form.js'
import { say } from '../frame/toasts.js'
import { request } from '../session/request.js'

/** Changes a product, as long as nobody else did meanwhile: the shop compares the entity tag, and says so. */
export function createDetailsForm(read: Answer<Product>, categories: readonly Category[]): HTMLFormElement {
  const { value: product } = read
  let { etag } = read
  const name = create('input', { name: 'name', required: true, maxlength: 200, value: product.name })
  const description = create(
    'textarea',
    { name: 'description', rows: 5, maxlength: 2000 },
    product.description,
  )
  const options = categories.map(({ slug, name: text }) =>
    create('option', { value: slug, selected: slug === product.category.slug }, text),
  )
  const category = create('select', { name: 'category' }, ...options)
  const price = create('input', {
    name: 'price',
    type: 'number',
    inputmode: 'decimal',
    required: true,
    min: 0,
    step: 0.01,
    value: (product.price.amount / 100).toFixed(2),
  })
  return createForm({
    fields: [
      field('Name', name),
      field('Description', description),
      field('Category', category),
      field(`Price in ${product.price.currency}`, price),
    ],
    submit: 'Save',
    act: async () => {
      const json = {
        name: name.value.trim(),
        description: description.value,
        category: category.value,
        price: { amount: Math.round(Number(price.value) * 100), currency: product.price.currency },
      }
      const headers = { 'If-Match': etag ?? '*' }
      const saved = await request<Product>(`/products/${product.id}`, { method: 'PATCH', json, headers })
      etag = saved.etag
      say('The product is saved.')
    },
  })
}
