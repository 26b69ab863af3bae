import { ApiError } from '../api/api-error.js'
import type { Product } from '../api/catalogue.js'
import { FormRefusal } from '../dom/form.js'
import { request } from '../session/request.js'
import { DETAIL_NAMES, type Details, detailsOf } from './details.js'

/** How often it is tried anew when the product changes between reading and removing: each order changes it. */
const ATTEMPTS = 5

/**
 * Removes a product as the visitor knows it: what was ordered of it meanwhile does not matter, what somebody else has
 * edited is said first, and removing it then is a decision anew. Gone is gone, whoever was first.
 */
export class Removal {
  readonly #path: string
  #known: Details

  constructor(product: Product) {
    this.#path = `/products/${product.id}`
    this.#known = detailsOf(product)
  }

  /** What the visitor has seen or written since. */
  knows(product: Product): void {
    this.#known = detailsOf(product)
  }

  async remove(): Promise<void> {
    for (let left = ATTEMPTS; ; left -= 1) {
      try {
        return await this.#removeAsRead()
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        if (error.status === 404) return
        if (error.status !== 412 || left <= 1) throw error
      }
    }
  }

  async #removeAsRead(): Promise<void> {
    const { value, etag } = await request<Product>(this.#path)
    const now = detailsOf(value)
    const changed = DETAIL_NAMES.filter((name) => now[name] !== this.#known[name])
    if (changed.length > 0) {
      this.#known = now
      throw new FormRefusal(
        `Somebody else changed meanwhile: ${changed.join(', ')}. It is still there; remove it all the same?`,
      )
    }
    await request(this.#path, { method: 'DELETE', headers: { 'If-Match': etag ?? '' } })
  }
}
