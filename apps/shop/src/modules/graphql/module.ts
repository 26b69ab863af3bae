import { asFunction } from 'awilix'
import type { CatalogueService } from '../catalogue/services/catalogue-service.js'
import type { ImageService } from '../images/services/image-service.js'
import type { Configured, ShopModule } from '../module.js'
import type { GraphqlConfiguration } from './configuration.js'
import { createGraphRoutes } from './http/graphql-routes.js'
import { createLoaders, type Loaders } from './schema/loaders.js'

export interface GraphqlNeeds extends Configured<{ readonly graphql: GraphqlConfiguration }> {
  readonly catalogue: CatalogueService
  readonly images: ImageService
}

export interface GraphqlCradle {
  /** One a request: what it asks for twice is fetched once, and nobody sees what another one may. */
  readonly graphLoaders: Loaders
}

/** The catalogue as a graph. */
export const graphqlModule: ShopModule<GraphqlCradle, GraphqlNeeds> = {
  name: 'graphql',

  register: () => ({
    graphLoaders: asFunction(({ catalogue, images }: GraphqlNeeds) =>
      createLoaders(catalogue, images),
    ).scoped(),
  }),

  api: ({ log, configuration }) => [
    {
      path: '/graphql',
      versions: 'none',
      router: createGraphRoutes({ log, introspection: configuration.graphql.introspection }),
    },
  ],
}
