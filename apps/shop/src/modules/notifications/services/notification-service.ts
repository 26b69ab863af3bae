import { newId } from '../../../domain/ids.js'
import { type Slice, sliceOf } from '../../../domain/paging.js'
import type { Principal } from '../../../domain/principal.js'
import type { Clock } from '../../../platform/clock/clock.js'
import type { UserPush } from '../../../platform/realtime/user-push.js'
import { NotificationNotFound } from '../domain/errors.js'
import type { Notification } from '../domain/notification.js'
import type { NotificationRepository } from '../domain/repositories.js'

export interface NotificationDependencies {
  readonly notifications: NotificationRepository
  readonly push: UserPush
  readonly clock: Clock
  /** What clients see of a notification. */
  readonly represent: (notification: Notification) => object
}

/** What is to be told to a user. */
export type NewNotification = Pick<Notification, 'userId' | 'eventId' | 'kind' | 'title' | 'data'>

/** Keeps notifications for whoever is away, and pushes them to whoever is connected. */
export class NotificationService {
  readonly #notifications: NotificationRepository
  readonly #push: UserPush
  readonly #clock: Clock
  readonly #represent: (notification: Notification) => object

  constructor({ notifications, push, clock, represent }: NotificationDependencies) {
    this.#notifications = notifications
    this.#push = push
    this.#clock = clock
    this.#represent = represent
  }

  /** Stores it, then pushes it. The same event again does nothing. */
  async notify(wanted: NewNotification): Promise<void> {
    const now = this.#clock.now()
    const notification: Notification = { ...wanted, id: newId(now), createdAt: now, readAt: null }
    if (!(await this.#notifications.add(notification))) return
    const unread = await this.#notifications.countUnread(wanted.userId)
    const payload = { notification: this.#represent(notification), unread }
    this.#push.toUser(wanted.userId, 'notification:new', payload)
  }

  async list(
    { id: userId }: Principal,
    before: string | null,
    limit: number,
    unreadOnly: boolean,
  ): Promise<Slice<Notification, string>> {
    const found = await this.#notifications.before(userId, before, limit + 1, unreadOnly)
    return sliceOf(found, limit, ({ id }) => id)
  }

  countUnread({ id }: Principal): Promise<number> {
    return this.#notifications.countUnread(id)
  }

  /** Gives how many are left. Rejects with NotificationNotFound. */
  async markRead({ id: userId }: Principal, id: string): Promise<number> {
    const read = await this.#notifications.markRead(userId, id, this.#clock.now())
    if (read === null) throw new NotificationNotFound(id)
    return this.#tellCount(userId)
  }

  /** All up to one that the user has seen; what came meanwhile stays unread. Gives how many are left. */
  async markAllRead({ id: userId }: Principal, upTo: string | null): Promise<number> {
    await this.#notifications.markAllRead(userId, upTo, this.#clock.now())
    return this.#tellCount(userId)
  }

  /** The user's other windows count down too. */
  async #tellCount(userId: string): Promise<number> {
    const unread = await this.#notifications.countUnread(userId)
    this.#push.toUser(userId, 'notification:count', { unread })
    return unread
  }
}
