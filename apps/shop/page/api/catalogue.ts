import { asNobody, type Received, type Schemas, success } from './client.js'
import type { paths } from './paths.js'

export type Product = Schemas['ProductV1']

export type Price = Product['price']

export type Category = Schemas['Category']

export type ProductList = Received<'/v1/products', 'get'>

/** Which products, in which order, and how many of them. */
export type ProductQuery = NonNullable<paths['/v1/products']['get']['parameters']['query']>

export async function fetchProducts(query: ProductQuery, signal: AbortSignal): Promise<ProductList> {
  return (await success(asNobody.get('/v1/products', { query, signal }))).data
}

export async function fetchProduct(id: number, signal: AbortSignal): Promise<Product> {
  return (await success(asNobody.get('/v1/products/{id}', { params: { id }, signal }))).data
}

export async function fetchCategories(): Promise<readonly Category[]> {
  return (await success(asNobody.get('/v1/categories'))).data.items
}
