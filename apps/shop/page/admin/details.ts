import type { Product } from '../api/catalogue.js'
import type { Schemas } from '../api/client.js'

export const DETAIL_NAMES = ['name', 'description', 'category', 'price'] as const

export type DetailName = (typeof DETAIL_NAMES)[number]

/** What the form edits of a product, each as text: the slug of the category, the price as `69.00`. */
export type Details = Readonly<Record<DetailName, string>>

type DetailBody = Required<Pick<Schemas['NewProductV1'], DetailName>>

/** The catalogue has one. */
export const CURRENCY = 'EUR'

export const NO_DETAILS: Details = { name: '', description: '', category: '', price: '' }

export function detailsOf({ name, description, category, price }: Product): Details {
  return { name, description, category: category.slug, price: (price.amount / 100).toFixed(2) }
}

/** The details as the API reads them. */
export function bodyOf({ name, description, category, price }: Details): DetailBody {
  return {
    name,
    description,
    category,
    price: { amount: Math.round(Number(price) * 100), currency: CURRENCY },
  }
}

/** Those of some names. */
export function changesOf(details: Details, names: readonly DetailName[]): Partial<DetailBody> {
  const { name, description, category, price } = bodyOf(details)
  return {
    ...(names.includes('name') && { name }),
    ...(names.includes('description') && { description }),
    ...(names.includes('category') && { category }),
    ...(names.includes('price') && { price }),
  }
}

/** What becomes of each detail when two people have edited a product at the same time. */
export interface Merge {
  /** Only I have changed it. */
  readonly mine: readonly DetailName[]
  /** Only they have. */
  readonly theirs: readonly DetailName[]
  /** Both, and not to the same. */
  readonly conflicts: readonly DetailName[]
}

export function mergeDetails(base: Details, mine: Details, theirs: Details): Merge {
  const changedBy = (details: Details) => (name: DetailName) => details[name] !== base[name]
  const [byMe, byThem] = [changedBy(mine), changedBy(theirs)]
  const others = DETAIL_NAMES.filter((name) => mine[name] !== theirs[name])
  return {
    mine: others.filter((name) => byMe(name) && !byThem(name)),
    theirs: others.filter((name) => !byMe(name)),
    conflicts: others.filter((name) => byMe(name) && byThem(name)),
  }
}
