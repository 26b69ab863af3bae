import { asNobody, type Schemas, success } from './client.js'

export type Image = Schemas['Image']

/** The images of some products, in the order in which they came. At most 100 products are asked for. */
export async function fetchImages(
  products: readonly number[],
  signal?: AbortSignal,
): Promise<readonly Image[]> {
  if (products.length === 0) return []
  const query = { products: products.slice(0, 100).join(',') }
  return (await success(asNobody.get('/v1/images', { query, ...(signal && { signal }) }))).data.items
}
