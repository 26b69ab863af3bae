import type { CatalogueService } from '../catalogue/services/catalogue-service.js'
import type { ImageService } from '../images/services/image-service.js'
import type { Configured, ShopModule } from '../module.js'
import type { GraphqlConfiguration } from './configuration.js'
import { GRAPHQL_OPERATIONS } from './http/describe-graphql.js'
import { createGraphRoutes } from './http/graphql-routes.js'

export interface GraphqlNeeds extends Configured<{ readonly graphql: GraphqlConfiguration }> {
  readonly catalogue: CatalogueService
  readonly images: ImageService
}

/** The catalogue as a graph. */
export const graphqlModule: ShopModule<object, GraphqlNeeds> = {
  name: 'graphql',

  register: () => ({}),

  api: ({ catalogue, images, log, configuration }) => [
    {
      path: '/graphql',
      versions: 'none',
      router: createGraphRoutes({
        catalogue,
        images,
        log,
        introspection: configuration.graphql.introspection,
      }),
      describe: GRAPHQL_OPERATIONS,
    },
  ],
}
