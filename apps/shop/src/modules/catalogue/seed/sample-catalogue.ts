import type { Category } from '../domain/category.js'
import { Money } from '../../../domain/money.js'
import { CATALOGUE_CURRENCY, createProduct, type NewProduct } from '../domain/product.js'
import { HOME_CATEGORIES } from './sample-home.js'
import { KITCHEN_CATEGORIES } from './sample-kitchen.js'
import type { SampleCategory, SampleModel } from './sample-model.js'
import { OUTSIDE_CATEGORIES } from './sample-outside.js'
import { STUDY_CATEGORIES } from './sample-study.js'

/**
 * The goods that a new shop shows: the same at each call and on each machine. What varies from product to product
 * (stock, date) comes from a hash of its SKU.
 */
export interface SampleCatalogue {
  readonly categories: readonly Category[]
  readonly products: readonly NewProduct[]
}

const FIRST_DAY = Date.UTC(2024, 2, 1, 8)
const DAYS = 600
const DAY_MS = 86_400_000

export function sampleCatalogue(): SampleCatalogue {
  const all = [...KITCHEN_CATEGORIES, ...STUDY_CATEGORIES, ...HOME_CATEGORIES, ...OUTSIDE_CATEGORIES]
  return {
    categories: all.map(({ slug, name }) => ({ slug, name })),
    products: all.flatMap(productsOf),
  }
}

function productsOf(category: SampleCategory): NewProduct[] {
  return category.models.flatMap((model, index) => variantsOf(category, model, index + 1))
}

function variantsOf({ slug, prefix }: SampleCategory, model: SampleModel, modelNumber: number): NewProduct[] {
  const sizes = Object.entries(model.sizes ?? { '': 0 })
  const variants = sizes.flatMap(([size, surcharge]) =>
    (model.colours ?? ['']).map((colour) => ({ size, colour, price: model.price + surcharge })),
  )
  return variants.map(({ size, colour, price }, index) => {
    const sku = `${prefix}-${twoDigits(modelNumber)}${twoDigits(index + 1)}`
    const name = [model.name, size, colour].filter((part) => part !== '').join(', ')
    const details = {
      sku,
      name,
      description: model.text,
      category: slug,
      price: Money.of(price, CATALOGUE_CURRENCY),
    }
    return createProduct({ ...details, stock: stockOf(sku) }, arrivalOf(sku))
  })
}

/** One in ten is sold out, one in seven nearly. */
function stockOf(sku: string): number {
  const chance = hash(`stock ${sku}`)
  if (chance < 0.1) return 0
  const amount = hash(`amount ${sku}`)
  return chance < 0.25 ? 1 + Math.floor(amount * 4) : 6 + Math.floor(amount * 140)
}

function arrivalOf(sku: string): Date {
  const minutes = Math.floor(hash(`minutes ${sku}`) * 480)
  return new Date(FIRST_DAY + Math.floor(hash(`day ${sku}`) * DAYS) * DAY_MS + minutes * 60_000)
}

/** A number from 0 up to 1 that depends on the text alone: FNV-1a, with its bits mixed once more at the end. */
function hash(text: string): number {
  let state = 0x811c9dc5
  for (const character of text) state = Math.imul(state ^ character.charCodeAt(0), 0x01000193)
  state = Math.imul(state ^ (state >>> 16), 0x45d9f3b)
  return ((state ^ (state >>> 16)) >>> 0) / 2 ** 32
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
