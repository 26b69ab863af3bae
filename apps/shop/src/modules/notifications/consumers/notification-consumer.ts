import { z } from 'zod'
import type { EventBus, ShopEvent } from '../../../platform/events/event-bus.js'
import type { Log } from '../../../platform/log/log.js'
import type { Worker } from '../../module.js'
import type { NotificationService } from '../services/notification-service.js'
import { CONSUMED_TYPES, notificationsOf } from './notifications-of.js'

/**
 * Makes notifications of events. Idempotent: a user has at most one of each event, however often it is delivered; one
 * that failed in the middle goes on where it stopped.
 */
export class NotificationConsumer implements Worker {
  readonly name = 'notifications'
  readonly #events: EventBus
  readonly #notifications: NotificationService
  readonly #log: Log
  #unsubscribe: (() => Promise<void>) | null = null

  constructor(events: EventBus, notifications: NotificationService, log: Log) {
    this.#events = events
    this.#notifications = notifications
    this.#log = log
  }

  async start(): Promise<void> {
    this.#unsubscribe = await this.#events.subscribe({
      consumer: 'notifications',
      types: CONSUMED_TYPES,
      handle: (event) => this.#handle(event),
    })
  }

  async stop(): Promise<void> {
    await this.#unsubscribe?.()
  }

  async #handle(event: ShopEvent): Promise<void> {
    try {
      for (const notification of notificationsOf(event)) await this.#notifications.notify(notification)
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error
      // It will not be better the next time.
      this.#log.error('an event makes no notification', error, { event: event.type, eventId: event.id })
    }
  }
}
