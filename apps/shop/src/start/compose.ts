import { CategoryController } from '../http/controllers/category-controller.js'
import { ProductController } from '../http/controllers/product-controller.js'
import { Draining } from '../http/draining.js'
import type { Application } from '../http/framework.js'
import { createShopApplication } from '../http/shop-application.js'
import { CatalogueService } from '../services/catalogue-service.js'
import type { Log } from '../process/log.js'
import type { Storage } from './storage.js'

export interface Shop {
  readonly app: Application
  readonly draining: Draining
}

/** Puts the parts of the shop together: the one place that knows which implementation stands behind an interface. */
export function compose({ products, categories }: Storage, log: Log): Shop {
  const catalogue = new CatalogueService({ products, categories, now: () => new Date() })
  const draining = new Draining()
  const app = createShopApplication({
    products: new ProductController(catalogue),
    categories: new CategoryController(catalogue),
    draining,
    log,
  })
  return { app, draining }
}
