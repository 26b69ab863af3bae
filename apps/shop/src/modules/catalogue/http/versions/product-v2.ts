import { z } from 'zod'
import { CURRENCY_DIGITS, type Money } from '../../../../domain/money.js'
import { component } from '../../../../http/contracts/component.js'
import type { Product } from '../../domain/product.js'
import { categoryName } from '../category-representation.js'
import { productBodyV2, productChangesV2 } from '../input/product-body-v2.js'
import type { ProductShape } from './product-shape.js'

/**
 * What version 2 shows otherwise, and why:
 *
 * - `price.amount` is a decimal number as text, `"12.90"`. In version 1 it is in minor units, and clients divided by
 *   100 also where a currency has no cents.
 * - `price.formatted` is what is to be shown, so that each client need not know how currencies are written.
 * - `availability` instead of a bare `stock`: whether it can be had is what clients ask, the number is for details.
 */
const schema = component(
  'ProductV2',
  z.object({
    id: z.int(),
    sku: z.string(),
    name: z.string(),
    description: z.string(),
    category: categoryName,
    price: component(
      'PriceV2',
      z.object({
        amount: z.string().describe('A decimal number, with as many digits as the currency has.'),
        currency: z.string(),
        formatted: z.string().describe('For people, in English.'),
      }),
    ),
    availability: z.object({ inStock: z.boolean(), pieces: z.int() }),
    version: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  }),
)

const formats = new Map(
  Object.keys(CURRENCY_DIGITS).map((currency) => [
    currency,
    new Intl.NumberFormat('en-IE', { style: 'currency', currency }),
  ]),
)

/** As people write it: `€12.90`. */
function formattedPrice(price: Money): string {
  return formats.get(price.currency)?.format(Number(price.toDecimal())) ?? price.toString()
}

function representProductV2(product: Product): z.output<typeof schema> {
  const { id, sku, name, description, category, price, stock, version, createdAt, updatedAt } = product
  return {
    id,
    sku,
    name,
    description,
    category: { slug: category.slug, name: category.name },
    price: { amount: price.toDecimal(), currency: price.currency, formatted: formattedPrice(price) },
    availability: { inStock: stock > 0, pieces: stock },
    version,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}

export const PRODUCT_V2: ProductShape = {
  version: 'v2',
  schema,
  columns: [
    'id',
    'sku',
    'name',
    'description',
    'category.slug',
    'price.amount',
    'price.currency',
    'availability.pieces',
    'version',
    'createdAt',
    'updatedAt',
  ],
  represent: representProductV2,
  body: productBodyV2,
  changes: productChangesV2,
}
