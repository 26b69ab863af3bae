/** The shop's API, as the page uses it. */

export interface Product {
  readonly id: number
  readonly sku: string
  readonly name: string
  readonly description: string
  readonly category: { readonly slug: string; readonly name: string }
  readonly price: { readonly amount: number; readonly currency: string }
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

/** An answer that is no success; the message is for the visitor. */
export class ApiError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export function fetchProducts(query: URLSearchParams, signal: AbortSignal): Promise<ProductList> {
  return fetchJson(`/api/v1/products?${query}`, signal)
}

export function fetchProduct(id: string, signal: AbortSignal): Promise<Product> {
  return fetchJson(`/api/v1/products/${encodeURIComponent(id)}`, signal)
}

export async function fetchCategories(): Promise<readonly Category[]> {
  const { items } = await fetchJson<{ items: readonly Category[] }>('/api/v1/categories')
  return items
}

async function fetchJson<T>(path: string, signal: AbortSignal | null = null): Promise<T> {
  const response = await fetch(path, { signal, headers: { Accept: 'application/json' } })
  if (response.ok) return (await response.json()) as T
  const problem = (await response.json().catch(() => ({}))) as { detail?: string }
  throw new ApiError(response.status, problem.detail ?? `The shop answered ${response.status}.`)
}
