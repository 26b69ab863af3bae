import { call } from './call.js'

export interface Money {
  readonly amount: number
  readonly currency: string
}

export interface Product {
  readonly id: number
  readonly sku: string
  readonly name: string
  readonly description: string
  readonly category: { readonly slug: string; readonly name: string }
  readonly price: Money
  readonly stock: number
}

export interface Category {
  readonly slug: string
  readonly name: string
  readonly products: number
}

export interface ProductList {
  readonly items: readonly Product[]
  /** On a list that was asked for by page. */
  readonly page?: { readonly items: number }
  readonly nextCursor: string | null
}

export async function fetchProducts(query: URLSearchParams, signal: AbortSignal): Promise<ProductList> {
  return (await call<ProductList>(`/products?${query}`, { signal })).value
}

export async function fetchProduct(id: string, signal: AbortSignal): Promise<Product> {
  return (await call<Product>(`/products/${encodeURIComponent(id)}`, { signal })).value
}

export async function fetchCategories(): Promise<readonly Category[]> {
  return (await call<{ items: readonly Category[] }>('/categories')).value.items
}
