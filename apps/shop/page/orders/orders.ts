import type { Money } from '../api/catalogue.js'
import { type Answer } from '../api/call.js'
import { request } from '../session/request.js'

export type OrderStatus = 'placed' | 'confirmed' | 'shipped' | 'cancelled'

export interface OrderSummary {
  readonly id: string
  readonly status: OrderStatus
  readonly title: string
  readonly pieces: number
  readonly total: Money
  readonly placedAt: string
}

/** An order of anybody. */
export interface StaffOrderSummary extends OrderSummary {
  /** The name of who ordered; null when it is not known. */
  readonly customer: string | null
}

export interface Order {
  readonly id: string
  /** The id of who ordered. */
  readonly user: string
  readonly status: OrderStatus
  readonly lines: readonly {
    readonly productId: number
    readonly name: string
    readonly quantity: number
    readonly price: Money
    readonly total: Money
  }[]
  readonly total: Money
  readonly shipTo: { readonly country: string; readonly postalCode: string }
  readonly level: string
  readonly tracking: string | null
  readonly cancellation: string | null
  readonly placedAt: string
  readonly updatedAt: string
}

export interface OrderList<Summary = OrderSummary> {
  readonly items: readonly Summary[]
  readonly nextCursor: string | null
}

export async function fetchOrders(cursor: string | null, signal: AbortSignal): Promise<OrderList> {
  const query = new URLSearchParams({ limit: '20', ...(cursor !== null && { cursor }) })
  return (await request<OrderList>(`/orders?${query}`, { signal })).value
}

/** The orders of everybody; of all statuses when it is null. */
export async function fetchAllOrders(
  status: OrderStatus | null,
  cursor: string | null,
  signal: AbortSignal,
): Promise<OrderList<StaffOrderSummary>> {
  const query = new URLSearchParams({
    limit: '20',
    ...(status !== null && { status }),
    ...(cursor !== null && { cursor }),
  })
  return (await request<OrderList<StaffOrderSummary>>(`/staff/orders?${query}`, { signal })).value
}

/** What somebody who has ordered is called; the id when that is not known. */
export async function fetchCustomer(user: string, signal: AbortSignal): Promise<string> {
  const query = new URLSearchParams({ user, limit: '1' })
  const { value } = await request<OrderList<StaffOrderSummary>>(`/staff/orders?${query}`, { signal })
  return value.items[0]?.customer ?? user
}

export function fetchOrder(id: string, signal: AbortSignal): Promise<Answer<Order>> {
  return request(`/orders/${id}`, { signal })
}

/** As long as it is still what the visitor saw. */
export function confirmOrder(id: string, etag: string): Promise<Answer<Order>> {
  return request(`/orders/${id}/confirm`, { method: 'POST', headers: { 'If-Match': etag } })
}

/** Without a reason, it was the customer's own wish. */
export function cancelOrder(id: string, etag: string, reason?: string): Promise<Answer<Order>> {
  const json = reason === undefined ? {} : { reason }
  return request(`/orders/${id}/cancel`, { method: 'POST', headers: { 'If-Match': etag }, json })
}
