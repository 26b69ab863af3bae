import { ApiError } from '../api/api-error.js'
import type { Product } from '../api/catalogue.js'
import { success } from '../api/client.js'
import { FormRefusal } from '../dom/form.js'
import { asVisitor } from '../session/visitor.js'
import { DETAIL_NAMES, type Details, detailsOf } from './details.js'

/** How often it is tried anew when the product changes between reading and removing: each order changes it. */
const ATTEMPTS = 5

/**
 * Removes a product as the visitor knows it: what was ordered of it meanwhile does not matter, what somebody else has
 * edited is said first, and removing it then is a decision anew. Gone is gone, whoever was first.
 */
export class Removal {
  readonly #id: number
  #known: Details

  constructor(product: Product) {
    this.#id = product.id
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
    const params = { id: this.#id }
    const { data, headers } = await success(asVisitor.get('/v1/products/{id}', { params }))
    const now = detailsOf(data)
    const changed = DETAIL_NAMES.filter((name) => now[name] !== this.#known[name])
    if (changed.length > 0) {
      this.#known = now
      throw new FormRefusal(
        `Somebody else changed meanwhile: ${changed.join(', ')}. It is still there; remove it all the same?`,
      )
    }
    const asRead = { 'If-Match': headers.get('etag') ?? '' }
    await success(asVisitor.delete('/v1/products/{id}', { params, headers: asRead }))
  }
}
