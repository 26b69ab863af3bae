import type { z } from 'zod'
import { representMoney } from '../../../http/contracts/shapes.js'
import type { Order } from '../domain/order.js'
import type { OrderStatus } from '../domain/order-status.js'
import type { OrderSummary } from '../domain/order-summary.js'
import type { CartView } from '../services/queries/cart-queries.js'
import type { cartSchema } from './contracts/cart-contracts.js'
import type { orderSchema, staffSummarySchema, summarySchema } from './contracts/order-contracts.js'
import type { StaffSummary } from '../services/queries/order-queries.js'

/** Carts and orders as the API shows them. */

export function representCart({ lines, total }: CartView): z.input<typeof cartSchema> {
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

export function representOrder(order: Order): z.input<typeof orderSchema> {
  const { id, userId, status, lines, destination, level, ...data } = order.data
  return {
    id,
    status: shownStatus(status),
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

export function representSummary(summary: OrderSummary): z.input<typeof summarySchema> {
  const { orderId: id, userId: user, status, title, pieces, total, version } = summary
  return {
    id,
    user,
    status: shownStatus(status),
    title,
    pieces,
    total: representMoney(total),
    version,
    placedAt: summary.placedAt.toISOString(),
    updatedAt: summary.updatedAt.toISOString(),
  }
}

/** For who may see everybody's. */
export function representStaffSummary(summary: StaffSummary): z.input<typeof staffSummarySchema> {
  return { ...representSummary(summary), customer: summary.customer }
}

/** A draft is not stored, so nobody sees one. */
function shownStatus(status: OrderStatus): Exclude<OrderStatus, 'draft'> {
  if (status === 'draft') throw new Error('a draft is shown')
  return status
}
