import { asVisitor } from '../session/visitor.js'
import { type Received, type Schemas, success } from './client.js'

/** An event that could not be delivered, and was given up. */
export type DeadEvent = Schemas['DeadEvent']

export type DeadEventList = Received<'/v1/staff/events', 'get'>

export async function fetchDeadEvents(cursor: string | null, signal: AbortSignal): Promise<DeadEventList> {
  const query = { limit: 20, ...(cursor !== null && { cursor }) }
  return (await success(asVisitor.get('/v1/staff/events', { query, signal }))).data
}

export async function retryEvent(id: string): Promise<void> {
  await success(asVisitor.post('/v1/staff/events/{id}/retry', { params: { id } }))
}

/** Gives how many there were. */
export async function retryAllEvents(): Promise<number> {
  return (await success(asVisitor.post('/v1/staff/events/retry'))).data.retried
}
