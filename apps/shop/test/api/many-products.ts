import { Money } from '#shop/domain/money.js'
import type { Product } from '#shop/modules/catalogue/domain/product.js'
import type { Position, ProductFilter, ProductSort } from '#shop/modules/catalogue/domain/product-query.js'

/** A repository of any number of products, in the order of their ids; each is made when it is asked for. */
export class ManyProducts {
  readonly count: number
  /** How many batches were asked for. */
  batches = 0
  /** Thrown at the batch after so many. */
  failAfter = Number.POSITIVE_INFINITY

  constructor(count: number) {
    this.count = count
  }

  async after(
    _filter: ProductFilter,
    _sort: ProductSort,
    position: Position | null,
    limit: number,
  ): Promise<readonly Product[]> {
    if (this.batches++ >= this.failAfter) throw new Error('the storage broke in the middle')
    const first = (position?.id ?? 0) + 1
    const length = Math.max(0, Math.min(limit, this.count - first + 1))
    return Array.from({ length }, (_, index) => productOf(first + index))
  }
}

function productOf(id: number): Product {
  return {
    id,
    sku: `MANY-${id}`,
    name: `Product ${id}`,
    description: 'One of very many. '.repeat(20),
    category: { slug: 'kitchen', name: 'Kitchen' },
    price: Money.of(id, 'EUR'),
    stock: 1,
    version: 1,
    createdAt: new Date(0),
    updatedAt: new Date(0),
  }
}
