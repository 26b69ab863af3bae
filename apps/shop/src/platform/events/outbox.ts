import type { ShopEvent } from './event-bus.js'

/** An event that waits to be delivered. */
export interface OutboxEvent extends ShopEvent {
  /** To what it happened: `order:<id>`. Events of one aggregate are delivered in the order in which they came. */
  readonly aggregate: string
}

/** Where commands leave what has happened: it is stored with all else that the transaction does, or not at all. */
export interface Outbox {
  append(...events: readonly OutboxEvent[]): Promise<void>
}

export type OutboxState = 'pending' | 'delivered' | 'dead'

/** An event as it is stored, with what became of it. */
export interface OutboxRow {
  readonly position: number
  readonly event: OutboxEvent
  readonly state: OutboxState
  /** How often it was tried. */
  readonly attempts: number
  readonly nextAttemptAt: Date
  readonly settledAt: Date | null
  readonly lastError: string | null
}

/** What an attempt has led to. */
export interface AttemptResult {
  readonly state: OutboxState
  readonly attempts: number
  readonly nextAttemptAt: Date
  readonly settledAt: Date | null
  readonly lastError: string | null
}

/** What becomes of an event that was given up, and is tried again. Why it failed stays, until it does not. */
export function anewAt(now: Date): Omit<AttemptResult, 'lastError'> {
  return { state: 'pending', attempts: 0, nextAttemptAt: now, settledAt: null }
}

/** Where the events wait. What is said of transactions: each method runs in the one that it is called in. */
export interface OutboxStore {
  add(events: readonly OutboxEvent[]): Promise<void>
  /**
   * Pending events whose time has come, at most one of each aggregate: its first. To the end of the transaction they
   * are the caller's; another caller gets others.
   */
  takeDue(now: Date, limit: number): Promise<readonly OutboxRow[]>
  settle(position: number, result: AttemptResult): Promise<void>
  /** When the oldest event happened that waits; null when none does. */
  oldestPending(): Promise<Date | null>
  /** Removes what was delivered before a time. Gives how many. */
  removeDelivered(before: Date): Promise<number>
  /** Those that were given up, in the order in which they came; those after a position, when it is not null. */
  dead(limit: number, after: number | null): Promise<readonly OutboxRow[]>
  /** Has a dead event tried anew. False when there is none of that id. */
  revive(eventId: string, now: Date): Promise<boolean>
  /** Has all of them tried anew. Gives how many. */
  reviveAll(now: Date): Promise<number>
}
