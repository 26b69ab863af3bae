import DataLoader from 'dataloader'
import type { CategoryWithCount } from '../../catalogue/domain/category.js'
import type { Product } from '../../catalogue/domain/product.js'
import type { CatalogueService } from '../../catalogue/services/catalogue-service.js'
import type { Image } from '../../images/domain/image.js'
import type { ImageService } from '../../images/services/image-service.js'

/**
 * What the parts of one answer ask for, gathered: all products that it names are one query, and so are the categories
 * and the images of all products that it lists. They live as long as the request: nobody sees what another one may.
 */
export interface Loaders {
  readonly product: DataLoader<number, Product | null>
  readonly category: DataLoader<string, CategoryWithCount | null>
  readonly images: DataLoader<number, readonly Image[]>
}

export function createLoaders(catalogue: CatalogueService, images: ImageService): Loaders {
  return {
    product: new DataLoader(async (ids) => {
      const found = await catalogue.productsOf(ids)
      return ids.map((id) => found.get(id) ?? null)
    }),
    category: new DataLoader(async (slugs) => {
      const categories = await catalogue.categories()
      return slugs.map((slug) => categories.find((category) => category.slug === slug) ?? null)
    }),
    images: new DataLoader(async (products) => {
      const found = await images.ofProducts(products)
      return products.map((id) => found.filter(({ product }) => product === id))
    }),
  }
}
