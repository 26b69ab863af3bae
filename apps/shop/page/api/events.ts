import { request } from '../session/request.js'

/** An event that could not be delivered, and was given up. */
export interface DeadEvent {
  readonly id: string
  readonly type: string
  readonly aggregate: string
  readonly occurredAt: string
  readonly attempts: number
  readonly lastError: string | null
}

export interface DeadEventList {
  readonly items: readonly DeadEvent[]
  readonly nextCursor: string | null
}

export async function fetchDeadEvents(cursor: string | null, signal: AbortSignal): Promise<DeadEventList> {
  const query = new URLSearchParams({ limit: '20', ...(cursor !== null && { cursor }) })
  return (await request<DeadEventList>(`/staff/events?${query}`, { signal })).value
}

export async function retryEvent(id: string): Promise<void> {
  await request(`/staff/events/${id}/retry`, { method: 'POST' })
}

/** Gives how many there were. */
export async function retryAllEvents(): Promise<number> {
  return (await request<{ retried: number }>('/staff/events/retry', { method: 'POST' })).value.retried
}
