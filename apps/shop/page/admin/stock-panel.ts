import type { Product } from '../api/catalogue.js'
import { success } from '../api/client.js'
import { create } from '../dom/create.js'
import { createForm, field } from '../dom/form.js'
import { say } from '../frame/toasts.js'
import { watchStock } from '../live/stock-watch.js'
import { asVisitor } from '../session/visitor.js'
import { MOST_PIECES } from './detail-fields.js'

/** How many pieces there are, at this moment, and the receipt of more. */
export function createStockPanel(product: Product, signal: AbortSignal): HTMLElement {
  const pieces = create('strong', { class: 'stock-now' }, String(product.stock))
  watchStock([product.id], (_product, stock) => (pieces.textContent = String(stock)), signal)
  const quantity = create('input', {
    name: 'quantity',
    type: 'number',
    inputmode: 'numeric',
    required: true,
    min: 1,
    max: MOST_PIECES,
    step: 1,
  })
  const reason = create('input', {
    name: 'reason',
    required: true,
    minlength: 3,
    maxlength: 200,
    value: 'delivery',
  })
  const form = createForm({
    fields: [field('Pieces that came', quantity), field('Why', reason)],
    submit: 'Receive',
    act: async () => {
      const body = { quantity: Number(quantity.value), reason: reason.value.trim() }
      const request = { params: { productId: product.id }, body }
      await success(asVisitor.post('/v1/stock/{productId}/receipts', request))
      say(`${body.quantity} pieces received.`)
      quantity.value = ''
    },
  })
  return create('div', {}, create('p', { 'aria-live': 'polite' }, 'In stock now: ', pieces), form)
}
