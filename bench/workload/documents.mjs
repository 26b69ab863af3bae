/** The JSON that is sent to the contestants and by them, with its schemas for who wants one. */

const CUSTOMER = { name: 'Ada Lovelace', email: 'ada@example.com' }

/** An order of exactly this many bytes of JSON, 110 or more: `{ customer, items: [{ id, price }], note }`. */
export function orderOf(bytes) {
  const items = []
  const sizeWith = (more) => JSON.stringify({ customer: CUSTOMER, items: more, note: '' }).length
  let size = sizeWith(items)
  for (let id = 1; ; id++) {
    const item = { id, price: (id * 37) % 1000 }
    // The first item has no comma before it.
    const more = JSON.stringify(item).length + (id === 1 ? 0 : 1)
    if (size + more > bytes) break
    items.push(item)
    size += more
  }
  const order = JSON.stringify({ customer: CUSTOMER, items, note: 'x'.repeat(bytes - size) })
  if (order.length !== bytes) throw new Error(`the order has ${order.length} bytes, and not ${bytes}`)
  return order
}

/** What every contestant answers to an order: proof that all of it was read. */
export function receiptOf(order) {
  return { customer: order.customer.name, items: order.items.length, last: order.items.at(-1).id }
}

const item = {
  type: 'object',
  required: ['id', 'price'],
  properties: { id: { type: 'integer' }, price: { type: 'number' } },
}

export const ORDER_SCHEMA = {
  type: 'object',
  required: ['customer', 'items'],
  properties: {
    customer: {
      type: 'object',
      required: ['name', 'email'],
      properties: { name: { type: 'string' }, email: { type: 'string' } },
    },
    items: { type: 'array', items: item },
    note: { type: 'string' },
  },
}

export const RECEIPT_SCHEMA = {
  type: 'object',
  properties: { customer: { type: 'string' }, items: { type: 'integer' }, last: { type: 'integer' } },
}
