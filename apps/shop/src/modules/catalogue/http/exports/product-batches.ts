import type { Product } from '../../domain/product.js'
import type { Position, ProductFilter, ProductSort } from '../../domain/product-query.js'
import type { CatalogueService } from '../../services/catalogue-service.js'

/** How many products are fetched at a time; no more than two batches are in memory, however many there are. */
export const BATCH_SIZE = 500

/**
 * The products that match, batch by batch, each asked for when the one before it was taken. A batch begins after the
 * last product of the one before, so that none comes twice or is missed while others add and remove products.
 */
export async function* productBatches(
  catalogue: CatalogueService,
  filter: ProductFilter,
  sort: ProductSort,
): AsyncGenerator<readonly Product[], void> {
  let position: Position | null = null
  do {
    const batch: Awaited<ReturnType<CatalogueService['after']>> = await catalogue.after(
      filter,
      sort,
      position,
      BATCH_SIZE,
    )
    yield batch.items
    position = batch.next
  } while (position !== null)
}
