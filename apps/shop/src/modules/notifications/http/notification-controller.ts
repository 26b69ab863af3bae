import type { Response } from '../../../http/framework.js'
import type { Given } from '../../../http/input/given.js'
import { userOf } from '../../../http/principal.js'
import type { NotificationService } from '../services/notification-service.js'
import type { listQuery, notificationPath, readAllBody } from './notification-input.js'
import { representNotification } from './notification-representation.js'

export class NotificationController {
  readonly #notifications: NotificationService

  constructor(notifications: NotificationService) {
    this.#notifications = notifications
  }

  list = async (req: Given<{ query: typeof listQuery }>, res: Response): Promise<void> => {
    const { limit, cursor, unread } = req.valid.query
    const user = await userOf(req)
    const { items, next } = await this.#notifications.list(user, cursor ?? null, limit, unread === 'true')
    res.json({
      items: items.map(representNotification),
      unread: await this.#notifications.countUnread(user),
      nextCursor: next,
    })
  }

  markRead = async (req: Given<{ params: typeof notificationPath }>, res: Response): Promise<void> => {
    const { id } = req.valid.params
    res.json({ unread: await this.#notifications.markRead(await userOf(req), id) })
  }

  markAllRead = async (req: Given<{ body: typeof readAllBody }>, res: Response): Promise<void> => {
    const { upTo } = req.valid.body
    res.json({ unread: await this.#notifications.markAllRead(await userOf(req), upTo ?? null) })
  }
}
