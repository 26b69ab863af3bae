/**
 * draft -> placed -> confirmed -> shipped; cancelled from any but the last. A draft is not stored: it is what an order
 * is until its stock is reserved.
 */
export const ORDER_STATUSES = ['draft', 'placed', 'confirmed', 'shipped', 'cancelled'] as const

export type OrderStatus = (typeof ORDER_STATUSES)[number]
