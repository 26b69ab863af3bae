import type { Page } from '../../../../domain/paging.js'
import type { Cache } from '../../../../platform/cache/cache.js'
import type { CommitNotice } from '../../../../platform/database/commit-notices.js'
import type { ChangedProduct, NewProduct, Product } from '../../domain/product.js'
import type { Position, ProductFilter, ProductSort } from '../../domain/product-query.js'
import type { ProductRepository } from '../../domain/repositories.js'
import { groupOfProduct, LISTS_GROUP } from './catalogue-groups.js'
import { formatProduct, parseProduct } from './product-text.js'

/**
 * Another repository, whose hot reads are kept for a while: a product, and the first page of a category or of all.
 *
 * Who reads in a transaction reads past the cache, since it may see its own changes, which nobody else may. What is
 * written makes the kept ones void when the transaction is over.
 */
export class CachedProductRepository implements ProductRepository {
  readonly #inner: ProductRepository
  readonly #cache: Cache
  readonly #commits: CommitNotice

  constructor(inner: ProductRepository, cache: Cache, commits: CommitNotice) {
    this.#inner = inner
    this.#cache = cache
    this.#commits = commits
  }

  page(filter: ProductFilter, sort: ProductSort, offset: number, limit: number): Promise<Page<Product>> {
    const compute = () => this.#inner.page(filter, sort, offset, limit)
    if (offset > 0 || isSearch(filter) || this.#commits.isInTransaction) return compute()
    return this.#cache.get<Page<Product>>({
      kind: 'first-page',
      key: `first-page:${JSON.stringify([filter.category, sort.key, sort.descending, limit])}`,
      group: LISTS_GROUP,
      compute,
      format: ({ items, total }) => JSON.stringify({ items: items.map(formatProduct), total }),
      parse: parsePage,
      // Security: there is no end to the categories that do not exist.
      isKept: ({ total }) => total > 0,
    })
  }

  after(
    filter: ProductFilter,
    sort: ProductSort,
    position: Position | null,
    limit: number,
  ): Promise<readonly Product[]> {
    return this.#inner.after(filter, sort, position, limit)
  }

  find(id: number): Promise<Product | null> {
    if (this.#commits.isInTransaction) return this.#inner.find(id)
    return this.#cache.get<Product | null>({
      kind: 'product',
      key: `product:${id}`,
      group: groupOfProduct(id),
      compute: () => this.#inner.find(id),
      format: (product) => (product === null ? '' : formatProduct(product)),
      parse: parseProduct,
      isKept: (product) => product !== null,
    })
  }

  findForChange(ids: readonly number[]): Promise<ReadonlyMap<number, Product>> {
    return this.#inner.findForChange(ids)
  }

  findAll(ids: readonly number[]): Promise<ReadonlyMap<number, Product>> {
    return this.#inner.findAll(ids)
  }

  async add(product: NewProduct): Promise<Product> {
    try {
      return await this.#inner.add(product)
    } finally {
      await this.#void(LISTS_GROUP)
    }
  }

  async save(id: number, product: ChangedProduct, expectedVersion: number): Promise<Product | null> {
    try {
      return await this.#inner.save(id, product, expectedVersion)
    } finally {
      await this.#changed(id)
    }
  }

  async remove(id: number, expectedVersion: number): Promise<boolean> {
    try {
      return await this.#inner.remove(id, expectedVersion)
    } finally {
      await this.#changed(id)
    }
  }

  /** Whatever came of it: of a write that failed nobody knows how far it came. */
  async #changed(id: number): Promise<void> {
    await this.#void(groupOfProduct(id))
    await this.#void(LISTS_GROUP)
  }

  #void(group: string): Promise<void> {
    return this.#commits.afterCommit(group, () => this.#cache.invalidate(group))
  }
}

function isSearch({ minPrice, maxPrice, inStock, terms }: ProductFilter): boolean {
  return minPrice !== null || maxPrice !== null || inStock !== null || terms.length > 0
}

function parsePage(text: string): Page<Product> {
  const { items, total } = JSON.parse(text) as { items: string[]; total: number }
  return { items: items.map(parseProduct), total }
}
