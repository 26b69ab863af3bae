import type { CatalogueService } from '../../services/catalogue-service.js'
import type { HandlerOf } from '../../../../http/framework.js'
import { show } from '../../../../http/representations/representations.js'
import type { listCategories } from '../contracts/category-contracts.js'
import { CATEGORY_COLUMNS, representCategory } from '../category-representation.js'

export class CategoryController {
  readonly #catalogue: CatalogueService

  constructor(catalogue: CatalogueService) {
    this.#catalogue = catalogue
  }

  list: HandlerOf<ReturnType<typeof listCategories>> = async (req, res) => {
    const categories = await this.#catalogue.categories()
    const products = req.baseUrl.replace(/categories$/, 'products')
    show(req, res, {
      name: 'categories',
      value: {},
      links: { self: req.baseUrl },
      items: categories.map((category) => ({
        name: 'category',
        value: representCategory(category),
        links: { products: `${products}?${new URLSearchParams({ category: category.slug })}` },
      })),
      columns: CATEGORY_COLUMNS,
    })
  }
}
