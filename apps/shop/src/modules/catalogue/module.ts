import { asFunction } from 'awilix'
import { API_VERSIONS, type ApiRoutes } from '../../http/api.js'
import type { PlatformCradle } from '../../platform/cradle.js'
import { CachedCategoryRepository } from './repositories/cached/cached-category-repository.js'
import { CachedProductRepository } from './repositories/cached/cached-product-repository.js'
import { MemoryCategoryRepository } from './repositories/memory/memory-category-repository.js'
import { MemoryProductRepository } from './repositories/memory/memory-product-repository.js'
import type { Configured, ShopModule } from '../module.js'
import type { CatalogueConfiguration } from './configuration.js'
import { CategoryController } from './http/controllers/category-controller.js'
import { ExportController } from './http/controllers/export-controller.js'
import { ProductController } from './http/controllers/product-controller.js'
import { CATALOGUE_PROBLEMS, problemOfCatalogue } from './http/problems.js'
import { createCategoryRoutes } from './http/routes/category-routes.js'
import { createExportRoutes } from './http/routes/export-routes.js'
import { createProductRoutes } from './http/routes/product-routes.js'
import type { ProductShape } from './http/versions/product-shape.js'
import { PRODUCT_V1 } from './http/versions/product-v1.js'
import { PRODUCT_V2 } from './http/versions/product-v2.js'
import { V1_DEPRECATION } from './http/versions/v1-deprecation.js'
import {
  type CatalogueRepositories,
  createCatalogueRepositories,
} from './repositories/catalogue-repositories.js'
import { fillDatabase } from './seed/fill-database.js'
import { fillRepositories } from './seed/fill-repositories.js'
import { CatalogueService, type StockJournal } from './services/catalogue-service.js'

export interface CatalogueCradle extends CatalogueRepositories {
  readonly catalogue: CatalogueService
}

type Needs = Configured<{ readonly catalogue: CatalogueConfiguration }> & { readonly stock: StockJournal }

type Cradle = PlatformCradle & CatalogueCradle & Needs

/** Products and categories: listing, searching, entering. */
export const catalogueModule: ShopModule<CatalogueCradle, Needs> = {
  name: 'catalogue',

  register: (storage) => {
    const repositories = createCatalogueRepositories(storage)
    return {
      products: asFunction(
        ({ cache }: Cradle) => new CachedProductRepository(repositories.products, cache, storage.commits),
      ).singleton(),
      categories: asFunction(
        ({ cache }: Cradle) => new CachedCategoryRepository(repositories.categories, cache, storage.commits),
      ).singleton(),
      catalogue: asFunction(
        ({ products, categories, stock, transactions, clock }: Cradle) =>
          new CatalogueService({ products, categories, stock, transactions, clock }),
      ).singleton(),
    }
  },

  fill: ({ configuration: { catalogue } }) => ({
    sql: (database) => fillDatabase(database, catalogue.sampleData),
    memory: (memory) =>
      fillRepositories(
        new MemoryCategoryRepository(memory),
        new MemoryProductRepository(memory),
        catalogue.sampleData,
      ),
  }),

  api: ({ catalogue }) => [
    ...[PRODUCT_V1, PRODUCT_V2].flatMap((shape) => routesOfShape(catalogue, shape)),
    ...API_VERSIONS.map(
      (version): ApiRoutes => ({
        path: '/categories',
        versions: [version],
        router: createCategoryRoutes(new CategoryController(catalogue), version),
      }),
    ),
  ],

  problems: CATALOGUE_PROBLEMS,
  problemOf: problemOfCatalogue,
}

/** What shows products in the shape of one version. */
function routesOfShape(catalogue: CatalogueService, shape: ProductShape): readonly ApiRoutes[] {
  const common = { versions: [shape.version], ...(shape.version === 'v1' && { deprecation: V1_DEPRECATION }) }
  return [
    {
      ...common,
      path: '/products',
      router: createProductRoutes(new ProductController(catalogue, shape), shape),
    },
    {
      ...common,
      path: '/exports',
      router: createExportRoutes(new ExportController(catalogue, shape)),
    },
  ]
}
