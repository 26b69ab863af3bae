import type { CatalogueService } from '../../services/catalogue-service.js'
import type { Request, Response } from '../framework.js'

export class CategoryController {
  readonly #catalogue: CatalogueService

  constructor(catalogue: CatalogueService) {
    this.#catalogue = catalogue
  }

  list = async (_req: Request, res: Response): Promise<void> => {
    res.json({ items: await this.#catalogue.categories() })
  }
}
