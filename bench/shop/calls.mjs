/*
 * What is asked of the shop, in three calls that make most of its work: a page of the catalogue, a product, an order.
 */

const PRODUCTS = '/api/v1/products'
/** So many products are ordered in turn: orders of one product wait for each other in the database. */
const KINDS = 32
const SHIP_TO = { country: 'NL', postalCode: '1012 AB' }

/**
 * @typedef {object} Call
 * @property {string} title
 * @property {object[]} requests sent in turn, in the form of a scenario's
 * @property {boolean} isEqual whether every answer must be the same on both
 * @property {(body: object) => boolean} isRight
 */

/** Puts goods on the shelves of a shop, as its admin; gives the calls. @returns {Promise<Call[]>} */
export async function prepareCalls(shop) {
  const { access_token: token } = await shop.post('/api/v1/auth/login', shop.admin)
  const fields = { Authorization: `Bearer ${token}` }
  const goods = []
  for (let kind = 1; kind <= KINDS; kind++) goods.push(await shop.post(PRODUCTS, productOf(kind), fields))
  return [
    {
      title: 'A page of the catalogue',
      requests: [get(`${PRODUCTS}?category=kitchen&sort=price&limit=24`)],
      isEqual: true,
      isRight: ({ items }) => items.length === 24,
    },
    { title: 'A product', requests: [get(`${PRODUCTS}/1`)], isEqual: true, isRight: ({ id }) => id === 1 },
    {
      title: 'An order of two lines',
      requests: goods.map(({ id }, index) => orderOf(id, goods[(index + 1) % KINDS].id, fields)),
      isEqual: false,
      isRight: ({ status, total }) => status === 'placed' && total.amount === 3000,
    },
  ]
}

function get(path) {
  return { method: 'GET', path, fields: { Accept: 'application/json' }, expect: { status: 200, fields: {} } }
}

function orderOf(first, second, fields) {
  const lines = [
    { productId: first, quantity: 1 },
    { productId: second, quantity: 2 },
  ]
  return {
    method: 'POST',
    path: '/api/v1/orders',
    fields: { ...fields, 'Content-Type': 'application/json', Accept: 'application/json' },
    numbered: 'Idempotency-Key',
    body: JSON.stringify({ lines, shipTo: SHIP_TO, level: 'standard' }),
    expect: { status: 201, fields: {} },
  }
}

function productOf(kind) {
  return {
    sku: `BEN-${String(kind).padStart(4, '0')}`,
    name: `Bench ${kind}`,
    description: 'To be ordered often.',
    category: 'lighting',
    price: { amount: 1000, currency: 'EUR' },
    stock: 1_000_000,
  }
}
