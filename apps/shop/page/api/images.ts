import { call } from './call.js'

export interface Image {
  readonly id: string
  readonly product: number
  readonly url: string
  readonly alt: string
  readonly width: number
  readonly height: number
}

/** The images of some products, in the order in which they came. At most 100 products are asked for. */
export async function fetchImages(
  products: readonly number[],
  signal?: AbortSignal,
): Promise<readonly Image[]> {
  if (products.length === 0) return []
  const path = `/images?products=${products.slice(0, 100).join(',')}`
  return (await call<{ items: readonly Image[] }>(path, signal && { signal })).value.items
}
