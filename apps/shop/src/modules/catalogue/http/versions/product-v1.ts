import { z } from 'zod'
import { component } from '../../../../http/contracts/component.js'
import { representMoney } from '../../../../http/contracts/shapes.js'
import type { Product } from '../../domain/product.js'
import { productBody, productChanges } from '../input/product-body.js'
import { categoryName } from '../category-representation.js'
import type { ProductShape } from './product-shape.js'

const schema = component(
  'ProductV1',
  z.object({
    id: z.int(),
    sku: z.string(),
    name: z.string(),
    description: z.string(),
    category: categoryName,
    price: z.object({ amount: z.int().describe('In the minor unit of the currency.'), currency: z.string() }),
    stock: z.int(),
    version: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  }),
)

/** A product as the API shows it in version 1. */
export function representProductV1(product: Product): z.output<typeof schema> {
  const { id, sku, name, description, category, price, stock, version, createdAt, updatedAt } = product
  return {
    id,
    sku,
    name,
    description,
    category: { slug: category.slug, name: category.name },
    price: representMoney(price),
    stock,
    version,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}

export const PRODUCT_V1: ProductShape = {
  version: 'v1',
  schema,
  columns: [
    'id',
    'sku',
    'name',
    'description',
    'category.slug',
    'price.amount',
    'price.currency',
    'stock',
    'version',
    'createdAt',
    'updatedAt',
  ],
  represent: representProductV1,
  body: productBody,
  changes: productChanges,
}
