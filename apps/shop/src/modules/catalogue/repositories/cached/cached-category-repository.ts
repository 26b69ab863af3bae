import type { Cache } from '../../../../platform/cache/cache.js'
import type { CommitNotice } from '../../../../platform/database/commit-notices.js'
import type { Category, CategoryWithCount } from '../../domain/category.js'
import type { CategoryRepository } from '../../domain/repositories.js'
import { LISTS_GROUP } from './catalogue-groups.js'

/** Another repository, whose list is kept for a while; its counts change with the products. */
export class CachedCategoryRepository implements CategoryRepository {
  readonly #inner: CategoryRepository
  readonly #cache: Cache
  readonly #commits: CommitNotice

  constructor(inner: CategoryRepository, cache: Cache, commits: CommitNotice) {
    this.#inner = inner
    this.#cache = cache
    this.#commits = commits
  }

  list(): Promise<readonly CategoryWithCount[]> {
    if (this.#commits.isInTransaction) return this.#inner.list()
    return this.#cache.get<readonly CategoryWithCount[]>({
      kind: 'categories',
      key: 'categories',
      group: LISTS_GROUP,
      compute: () => this.#inner.list(),
      format: JSON.stringify,
      parse: JSON.parse,
    })
  }

  async addMissing(categories: readonly Category[]): Promise<void> {
    try {
      await this.#inner.addMissing(categories)
    } finally {
      await this.#commits.afterCommit(LISTS_GROUP, () => this.#cache.invalidate(LISTS_GROUP))
    }
  }
}
