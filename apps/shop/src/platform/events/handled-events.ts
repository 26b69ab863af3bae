import type { ShopEvent } from './event-bus.js'

/** What consumers have handled already: events may come twice, their effect comes once. */
export interface HandledEvents {
  /**
   * Runs the work for an event in one transaction with the note that it was done; does nothing when this consumer has
   * handled the event before. False then.
   */
  once(consumer: string, event: Pick<ShopEvent, 'id'>, work: () => Promise<void>): Promise<boolean>
  /** Forgets what was handled before a time. Gives how many. */
  forget(before: Date): Promise<number>
}
