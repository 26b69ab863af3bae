import { z } from 'zod'
import { operation } from '../../../../http/contracts/operation.js'
import type { ApiVersion } from '../../../../http/versions/api-version.js'
import { categorySchema } from '../category-representation.js'

/** The list of the categories, in one version of the API: the notations have names of their own there. */
export function listCategories(version: ApiVersion) {
  return operation({
    method: 'get',
    id: 'listCategories',
    tag: 'categories',
    summary: 'Lists the categories and counts their products',
    answers: {
      200: {
        description: 'All categories, by name.',
        schema: z.object({ items: z.array(categorySchema) }),
        shown: 'list',
        versions: [version],
      },
    },
  })
}
