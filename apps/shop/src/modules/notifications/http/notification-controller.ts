import type { HandlerOf } from '../../../http/framework.js'
import { userOf } from '../../../http/principal.js'
import type { NotificationService } from '../services/notification-service.js'
import type {
  listNotifications,
  readNotification,
  readNotifications,
} from './contracts/notification-contracts.js'
import { representNotification } from './notification-representation.js'

export class NotificationController {
  readonly #notifications: NotificationService

  constructor(notifications: NotificationService) {
    this.#notifications = notifications
  }

  list: HandlerOf<typeof listNotifications> = async (req, res) => {
    const { limit, cursor, unread } = req.valid.query
    const user = await userOf(req)
    const { items, next } = await this.#notifications.list(user, cursor ?? null, limit, unread === 'true')
    res.json({
      items: items.map(representNotification),
      unread: await this.#notifications.countUnread(user),
      nextCursor: next,
    })
  }

  markRead: HandlerOf<typeof readNotification> = async (req, res) => {
    const { id } = req.valid.params
    res.json({ unread: await this.#notifications.markRead(await userOf(req), id) })
  }

  markAllRead: HandlerOf<typeof readNotifications> = async (req, res) => {
    const { upTo } = req.valid.body
    res.json({ unread: await this.#notifications.markAllRead(await userOf(req), upTo ?? null) })
  }
}
