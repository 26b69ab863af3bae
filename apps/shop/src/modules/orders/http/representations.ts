import type { Money } from '../../../domain/money.js'
import type { Order } from '../domain/order.js'
import type { OrderSummary } from '../domain/order-summary.js'
import type { CartView } from '../services/queries/cart-queries.js'
import type { StaffSummary } from '../services/queries/order-queries.js'

/** Carts and orders as the API shows them. */

export function representCart({ lines, total }: CartView): object {
  return {
    lines: lines.map(({ productId, quantity, product, isAvailable, total: lineTotal }) => ({
      productId,
      quantity,
      available: isAvailable,
      product: product && {
        sku: product.sku,
        name: product.name,
        price: representMoney(product.price),
        stock: product.stock,
      },
      total: lineTotal && representMoney(lineTotal),
    })),
    total: representMoney(total),
  }
}

export function representOrder(order: Order): object {
  const { id, userId, status, lines, destination, level, ...data } = order.data
  return {
    id,
    status,
    user: userId,
    lines: lines.map(({ price, quantity, ...line }) => ({
      ...line,
      quantity,
      price: representMoney(price),
      total: representMoney(price.times(quantity)),
    })),
    total: representMoney(order.total),
    shipTo: { ...destination },
    level,
    tracking: data.tracking,
    cancellation: data.cancellation,
    version: data.version,
    placedAt: data.placedAt.toISOString(),
    updatedAt: data.updatedAt.toISOString(),
  }
}

export function representSummary(summary: OrderSummary): object {
  const { orderId: id, userId: user, status, title, pieces, total, version } = summary
  return {
    id,
    user,
    status,
    title,
    pieces,
    total: representMoney(total),
    version,
    placedAt: summary.placedAt.toISOString(),
    updatedAt: summary.updatedAt.toISOString(),
  }
}

/** For who may see everybody's. */
export function representStaffSummary(summary: StaffSummary): object {
  return { ...representSummary(summary), customer: summary.customer }
}

function representMoney({ amount, currency }: Money): object {
  return { amount, currency }
}
