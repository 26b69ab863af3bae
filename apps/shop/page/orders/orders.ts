import type { Answer } from '@nozomi/schema/client'
import { type Received, type Schemas, success } from '../api/client.js'
import { asVisitor } from '../session/visitor.js'

export type Order = Schemas['Order']

export type OrderStatus = Order['status']

export type OrderSummary = Schemas['OrderSummary']

/** An order of anybody. */
export type StaffOrderSummary = Schemas['StaffOrderSummary']

export type OrderList = Received<'/v1/orders', 'get'>

/** The orders of everybody. */
export type StaffOrderList = Received<'/v1/staff/orders', 'get'>

/** An order as it was answered, with the tag of its version. */
export type OrderAnswer = Answer<200, Order, true>

const PAGE_SIZE = 20

export async function fetchOrders(cursor: string | null, signal: AbortSignal): Promise<OrderList> {
  const query = { limit: PAGE_SIZE, ...(cursor !== null && { cursor }) }
  return (await success(asVisitor.get('/v1/orders', { query, signal }))).data
}

/** The orders of everybody; of all statuses when it is null. */
export async function fetchAllOrders(
  status: OrderStatus | null,
  cursor: string | null,
  signal: AbortSignal,
): Promise<StaffOrderList> {
  const query = {
    limit: PAGE_SIZE,
    ...(status !== null && { status }),
    ...(cursor !== null && { cursor }),
  }
  return (await success(asVisitor.get('/v1/staff/orders', { query, signal }))).data
}

/** What somebody who has ordered is called; the id when that is not known. */
export async function fetchCustomer(user: string, signal: AbortSignal): Promise<string> {
  const query = { user, limit: 1 }
  const { data } = await success(asVisitor.get('/v1/staff/orders', { query, signal }))
  return data.items[0]?.customer ?? user
}

export function fetchOrder(id: string, signal: AbortSignal): Promise<OrderAnswer> {
  return success(asVisitor.get('/v1/orders/{id}', { params: { id }, signal }))
}

/** As long as it is still what the visitor saw. */
export function confirmOrder(id: string, etag: string): Promise<OrderAnswer> {
  const request = { params: { id }, headers: { 'If-Match': etag } }
  return success(asVisitor.post('/v1/orders/{id}/confirm', request))
}

/** Without a reason, it was the customer's own wish. */
export function cancelOrder(id: string, etag: string, reason?: string): Promise<OrderAnswer> {
  const body = reason === undefined ? {} : { reason }
  const request = { params: { id }, headers: { 'If-Match': etag }, body }
  return success(asVisitor.post('/v1/orders/{id}/cancel', request))
}
