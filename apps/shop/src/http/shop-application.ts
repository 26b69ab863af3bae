import type { Log } from '../process/log.js'
import type { CategoryController } from './controllers/category-controller.js'
import type { ProductController } from './controllers/product-controller.js'
import type { Draining } from './draining.js'
import { type Application, createApplication, type RequestHandler } from './framework.js'
import { createProblemHandler, unknownRoute } from './problems/problem-handler.js'
import { createCategoryRoutes } from './routes/category-routes.js'
import { createPageRoutes, lostVisitor } from './routes/page-routes.js'
import { createProblemRoutes } from './routes/problem-routes.js'
import { createProductRoutes } from './routes/product-routes.js'
import { createSecurityHeaders } from './security-headers.js'

export interface ShopParts {
  readonly products: ProductController
  readonly categories: CategoryController
  readonly draining: Draining
  readonly log: Log
}

/** The way of a request, from top to bottom. */
export function createShopApplication({ products, categories, draining, log }: ShopParts): Application {
  const app = createApplication()
  app.disable('x-powered-by')
  app.use(draining.middleware)
  app.use(createSecurityHeaders())
  app.use('/api', revalidate)
  app.use('/api/v1/products', createProductRoutes(products))
  app.use('/api/v1/categories', createCategoryRoutes(categories))
  app.use('/api', unknownRoute)
  app.use('/problems', createProblemRoutes())
  app.use(createPageRoutes())
  app.use(lostVisitor)
  app.use(unknownRoute)
  app.use(createProblemHandler(log))
  return app
}

/** What the API says is kept by nobody without asking whether it still holds: an ETag makes asking cheap. */
const revalidate: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-cache')
  next()
}
