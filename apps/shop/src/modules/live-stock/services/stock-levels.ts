import type { CatalogueService } from '../../catalogue/services/catalogue-service.js'
import type { StockLevel } from '../domain/stock-level.js'

/** What the stocks of products are just now, as they are stored. */
export class StockLevels {
  readonly #catalogue: Pick<CatalogueService, 'productsOf'>

  constructor(catalogue: Pick<CatalogueService, 'productsOf'>) {
    this.#catalogue = catalogue
  }

  /** In the order of their ids; what is not sold is left out. */
  async of(productIds: Iterable<number>): Promise<readonly StockLevel[]> {
    const products = await this.#catalogue.productsOf([...productIds])
    return [...products.values()]
      .map(({ id, stock, version }) => ({ productId: id, available: stock, version }))
      .toSorted((left, right) => left.productId - right.productId)
  }
}
