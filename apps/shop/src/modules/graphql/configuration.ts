import { z } from 'zod'
import { defineSection } from '../../platform/configuration/section.js'

export interface GraphqlConfiguration {
  /** Whether clients may ask for the schema. */
  readonly introspection: boolean
}

export const graphqlConfiguration = defineSection(
  {
    GRAPHQL_INTROSPECTION: {
      schema: z.enum(['on', 'off']).default(() => (process.env.NODE_ENV === 'production' ? 'off' : 'on')),
      expected: 'on or off',
    },
  },
  ({ GRAPHQL_INTROSPECTION }): GraphqlConfiguration => ({ introspection: GRAPHQL_INTROSPECTION === 'on' }),
)
