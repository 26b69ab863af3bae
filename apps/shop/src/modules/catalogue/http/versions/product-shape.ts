import type { z } from 'zod'
import type { ApiVersion } from '../../../../http/versions/api-version.js'
import type { Product, ProductDetails } from '../../domain/product.js'

/** How one version of the API shows products and reads them. */
export interface ProductShape {
  readonly version: ApiVersion
  /** As it is shown; what `represent` gives. */
  readonly schema: z.ZodType
  /** Of a list's CSV. */
  readonly columns: readonly string[]
  readonly represent: (product: Product) => Readonly<Record<string, unknown>>
  /** All of a product: for a new one, and to replace one. */
  readonly body: z.ZodType<ProductDetails>
  /** Some of a product: the fields that are to change. */
  readonly changes: z.ZodType<Partial<ProductDetails>>
}
