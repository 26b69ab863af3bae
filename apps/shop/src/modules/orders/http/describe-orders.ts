import { z } from 'zod'
import { component } from '../../../http/openapi/components.js'
import type { AnswerDescription, OperationDescription } from '../../../http/openapi/operation.js'
import { idempotencyHeader, ifMatchHeader, moneySchema, sliceSchema } from '../../../http/openapi/shapes.js'
import type { ProblemKind } from '../../../http/problems/problem.js'
import { PROBLEMS } from '../../../http/problems/problem-catalogue.js'
import { SERVICE_LEVELS } from '../domain/order.js'
import { ORDER_STATUSES } from '../domain/order-status.js'
import {
  cancellationBody,
  confirmationBody,
  orderBody,
  orderPath,
  ownOrdersQuery,
  staffOrdersQuery,
} from './input/order-input.js'
import { ORDER_PROBLEMS } from './problems.js'

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

const orderSchema = component(
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
const summarySchema = component('OrderSummary', summary)
const staffSummarySchema = component(
  'StaffOrderSummary',
  summary.extend({ customer: z.string().nullable().describe('The name of who ordered.') }),
)

const ORDER: AnswerDescription = {
  description: 'The order.',
  schema: orderSchema,
  headers: { ETag: 'The version of the order; what `If-Match` takes.' },
}
const listOf = (item: z.ZodType) => ({
  200: { description: 'A slice of the list.', schema: sliceSchema(item) },
})

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

/** The stock says so; its HTTP is its own. */
const INSUFFICIENT_STOCK: ProblemKind = {
  code: 'insufficient-stock',
  status: 409,
  title: 'There are not enough pieces',
  explanation: 'As the stock explains it.',
}

const tag = 'orders'
const security = 'user'
const change = { path: orderPath, header: ifMatchHeader }
const changeErrors = [
  ORDER_PROBLEMS['order-not-found'],
  ORDER_PROBLEMS['order-state'],
  ORDER_PROBLEMS['stale-order'],
  PROBLEMS['precondition-required'],
  PROBLEMS['too-much-contention'],
]

/** What the OpenAPI document says of one’s orders. */
export const ORDER_OPERATIONS: readonly OperationDescription[] = [
  {
    method: 'get',
    path: '/',
    id: 'listOrders',
    tag,
    summary: 'One’s orders, the newest first',
    description: 'The list is a moment behind the orders.',
    parameters: { query: ownOrdersQuery },
    answers: listOf(summarySchema),
    security,
  },
  {
    method: 'post',
    path: '/',
    id: 'placeOrder',
    tag,
    summary: 'Places an order of `lines`, or of what is in the cart',
    description:
      'Sent again with the same `Idempotency-Key`, it gives the same answer, with `Idempotent-Replayed`, and nothing ' +
      'is ordered again.',
    parameters: { header: idempotencyHeader },
    body: { schema: newOrder },
    answers: {
      201: { ...ORDER, headers: { ...ORDER.headers, Location: 'Where the order is.' } },
    },
    errors: [
      ORDER_PROBLEMS['empty-order'],
      INSUFFICIENT_STOCK,
      PROBLEMS['idempotency-key-in-flight'],
      PROBLEMS['idempotency-key-reused'],
      PROBLEMS['too-much-contention'],
    ],
    security,
  },
  {
    method: 'get',
    path: '/{id}',
    id: 'readOrder',
    tag,
    summary: 'An order',
    parameters: { path: orderPath },
    answers: { 200: ORDER },
    errors: [ORDER_PROBLEMS['order-not-found']],
    security,
  },
  {
    method: 'post',
    path: '/{id}/confirm',
    id: 'confirmOrder',
    tag,
    summary: 'Confirms an order; it is shipped then',
    parameters: change,
    body: { schema: confirmationBody },
    answers: { 200: ORDER },
    errors: changeErrors,
    security,
  },
  {
    method: 'post',
    path: '/{id}/cancel',
    id: 'cancelOrder',
    tag,
    summary: 'Cancels an order',
    description:
      'Customers can until it is confirmed, who has `orders:write` until it is shipped. The body may be left out.',
    parameters: change,
    body: { schema: cancellation },
    answers: { 200: ORDER },
    errors: changeErrors,
    security,
  },
]

/** What it says of all orders. */
export const STAFF_ORDER_OPERATIONS: readonly OperationDescription[] = [
  {
    method: 'get',
    path: '/',
    id: 'listAllOrders',
    tag,
    summary: 'All orders, the newest first',
    parameters: { query: staffOrdersQuery },
    answers: listOf(staffSummarySchema),
    security: { permission: 'orders:read' },
  },
]
