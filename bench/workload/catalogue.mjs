/** 100 KB of products, as the object that a handler hands over. */
export const catalogue = makeCatalogue(100 * 1024)

export const CATALOGUE_SCHEMA = {
  type: 'object',
  properties: {
    products: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          id: { type: 'integer' },
          name: { type: 'string' },
          description: { type: 'string' },
          price: { type: 'number' },
          stock: { type: 'integer' },
          tags: { type: 'array', items: { type: 'string' } },
        },
      },
    },
  },
}

function makeCatalogue(bytes) {
  const products = []
  let size = '{"products":[]}'.length
  for (let id = 1; size < bytes; id++) {
    const product = {
      id,
      name: `Product ${id}`,
      description: `The ${id}th thing of the shop, "as good as new", found in the attic of a lighthouse.`,
      price: id * 1.25,
      stock: (id * 7) % 50,
      tags: ['shop', id % 2 === 0 ? 'even' : 'odd'],
    }
    size += JSON.stringify(product).length + 1
    products.push(product)
  }
  return { products }
}
