import { z } from 'zod'
import { component } from '../../../http/contracts/component.js'
import type { CategoryWithCount } from '../domain/category.js'

/** A category as it stands in a product. */
export const categoryName = component('CategoryName', z.object({ slug: z.string(), name: z.string() }))

/** A category as it stands in their list; in every version. */
export const categorySchema = component(
  'Category',
  z.object({ slug: z.string(), name: z.string(), products: z.int().describe('How many products it has.') }),
)

export const CATEGORY_COLUMNS = ['slug', 'name', 'products'] as const

export function representCategory({
  slug,
  name,
  products,
}: CategoryWithCount): z.output<typeof categorySchema> {
  return { slug, name, products }
}
