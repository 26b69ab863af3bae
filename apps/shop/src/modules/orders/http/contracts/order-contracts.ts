import { z } from 'zod'
import { component } from '../../../../http/contracts/component.js'
import { operation } from '../../../../http/contracts/operation.js'
import { moneySchema, sliceSchema } from '../../../../http/contracts/shapes.js'
import { idempotencyHeader } from '../../../../http/input/idempotency-key.js'
import { PROBLEMS } from '../../../../http/problems/problem-catalogue.js'
import { SERVICE_LEVELS } from '../../domain/order.js'
import { ORDER_STATUSES } from '../../domain/order-status.js'
import {
  cancellationBody,
  confirmationBody,
  orderBody,
  orderPath,
  ownOrdersQuery,
  staffOrdersQuery,
} from '../input/order-input.js'
import { orderIfMatch } from '../input/order-version.js'
import { ORDER_PROBLEMS } from '../problems.js'

const COMMON = {
  id: z.uuid(),
  user: z.string(),
  /** A draft is not stored. */
  status: z.enum(ORDER_STATUSES).exclude(['draft']),
  total: moneySchema,
  version: z.int(),
  placedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
}

const lineSchema = z.object({
  productId: z.int(),
  sku: z.string(),
  name: z.string(),
  quantity: z.int(),
  price: moneySchema,
  total: moneySchema,
})

export const orderSchema = component(
  'Order',
  z.object({
    ...COMMON,
    lines: z.array(lineSchema),
    shipTo: z.object({ country: z.string(), postalCode: z.string() }),
    level: z.enum(SERVICE_LEVELS),
    tracking: z.string().nullable(),
    cancellation: z.string().nullable(),
  }),
)

const summary = z.object({ ...COMMON, title: z.string(), pieces: z.int() })
export const summarySchema = component('OrderSummary', summary)
export const staffSummarySchema = component(
  'StaffOrderSummary',
  summary.extend({ customer: z.string().nullable().describe('The name of who ordered.') }),
)

const ORDER = {
  description: 'The order.',
  schema: orderSchema,
  headers: { ETag: 'The version of the order; what `If-Match` takes.' },
} as const

const SHIP_TO = { country: 'NL', postalCode: '1012 AB' }

const newOrder = component(
  'NewOrder',
  orderBody.meta({
    examples: [
      { shipTo: SHIP_TO },
      { lines: [{ productId: 7, quantity: 2 }], shipTo: SHIP_TO, level: 'express' },
    ],
  }),
)

const cancellation = component(
  'Cancellation',
  cancellationBody.meta({ examples: [{ reason: 'ordered twice' }] }),
)

const common = { tag: 'orders', security: 'user' } as const
const changing = {
  ...common,
  method: 'post',
  params: orderPath,
  headers: orderIfMatch,
  answers: { 200: ORDER },
  errors: [
    ORDER_PROBLEMS['order-not-found'],
    ORDER_PROBLEMS['order-state'],
    ORDER_PROBLEMS['stale-order'],
    PROBLEMS['precondition-required'],
    PROBLEMS['too-much-contention'],
  ],
} as const

export const listOrders = operation({
  ...common,
  method: 'get',
  id: 'listOrders',
  summary: 'One’s orders, the newest first',
  description: 'The list is a moment behind the orders.',
  query: ownOrdersQuery,
  answers: { 200: { description: 'A slice of the list.', schema: sliceSchema(summarySchema) } },
})

export const placeOrder = operation({
  ...common,
  method: 'post',
  id: 'placeOrder',
  summary: 'Places an order of `lines`, or of what is in the cart',
  description:
    'Sent again with the same `Idempotency-Key`, it gives the same answer, with `Idempotent-Replayed`, and nothing ' +
    'is ordered again.',
  headers: idempotencyHeader,
  body: newOrder,
  answers: { 201: { ...ORDER, headers: { ...ORDER.headers, Location: 'Where the order is.' } } },
  errors: [
    ORDER_PROBLEMS['empty-order'],
    PROBLEMS['insufficient-stock'],
    PROBLEMS['idempotency-key-in-flight'],
    PROBLEMS['idempotency-key-reused'],
    PROBLEMS['too-much-contention'],
  ],
})

export const readOrder = operation({
  ...common,
  method: 'get',
  id: 'readOrder',
  summary: 'An order',
  params: orderPath,
  answers: { 200: ORDER },
  errors: [ORDER_PROBLEMS['order-not-found']],
})

export const confirmOrder = operation({
  ...changing,
  id: 'confirmOrder',
  summary: 'Confirms an order; it is shipped then',
  body: confirmationBody,
})

export const cancelOrder = operation({
  ...changing,
  id: 'cancelOrder',
  summary: 'Cancels an order',
  description:
    'Customers can until it is confirmed, who has `orders:write` until it is shipped. The body may be left out.',
  body: cancellation,
})

export const listAllOrders = operation({
  ...common,
  method: 'get',
  id: 'listAllOrders',
  summary: 'All orders, the newest first',
  query: staffOrdersQuery,
  answers: { 200: { description: 'A slice of the list.', schema: sliceSchema(staffSummarySchema) } },
  security: { permission: 'orders:read' },
})
