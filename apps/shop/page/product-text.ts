import type { Price, Product } from './api/catalogue.js'

/** How few pieces are called few. */
const LOW_STOCK = 5

/** The name of the model, and what of it this is: `Rice Bowl` and `large, indigo`. */
export function splitName(name: string): readonly [model: string, variant: string] {
  const comma = name.indexOf(', ')
  return comma < 0 ? [name, ''] : [name.slice(0, comma), name.slice(comma + 2)]
}

export function formatPrice({ amount, currency }: Price): string {
  const format = new Intl.NumberFormat('en-IE', { style: 'currency', currency })
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

export type StockLevel = 'none' | 'low' | 'plenty'

export function stockLevel({ stock }: Pick<Product, 'stock'>): StockLevel {
  if (stock === 0) return 'none'
  return stock <= LOW_STOCK ? 'low' : 'plenty'
}

export function describeStock(product: Pick<Product, 'stock'>): string {
  switch (stockLevel(product)) {
    case 'none':
      return 'Sold out'
    case 'low':
      return `Only ${product.stock} left`
    case 'plenty':
      return 'In stock'
  }
}
