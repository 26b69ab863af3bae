/** Something that has happened, for whoever wants to know. */
export interface ShopEvent<Data = unknown> {
  /** Tells it from all others. It stays the same when the event is delivered again. */
  readonly id: string
  /** What happened, and to what: `order.confirmed`. */
  readonly type: string
  readonly occurredAt: Date
  /** Such as JSON can hold. */
  readonly data: Data
}

export interface Subscription {
  /**
   * Who consumes. Of the subscriptions of one name, on however many instances, one gets an event; each name gets all
   * of its events.
   */
  readonly consumer: string
  readonly types: readonly string[]
  /**
   * At least once: an event comes again when this rejects, and may come again when it did not. Who must not act twice
   * remembers `event.id`.
   */
  readonly handle: (event: ShopEvent) => Promise<void>
}

/** Carries events from the modules where they happen to those that care, in this process or through a broker. */
export interface EventBus {
  /** Resolves when the bus has taken the event over. */
  publish(event: ShopEvent): Promise<void>
  /** Resolves when all that is published from now on will come. Gives what ends it, after what is under way. */
  subscribe(subscription: Subscription): Promise<() => Promise<void>>
  /** Rejects when the bus does not work. */
  check(): Promise<void>
}

export interface OpenEventBus extends EventBus {
  /** For people: what it is and where. */
  readonly description: string
  /** Takes nothing more, waits for what is under way. */
  close(): Promise<void>
}
