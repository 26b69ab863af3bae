import type { Request, Response } from '../../../http/framework.js'
import { readBody, readPath, readQuery } from '../../../http/input/read-input.js'
import { userOf } from '../../../http/principal.js'
import type { NotificationService } from '../services/notification-service.js'
import { listQuery, notificationPath, readAllBody } from './notification-input.js'
import { representNotification } from './notification-representation.js'

export class NotificationController {
  readonly #notifications: NotificationService

  constructor(notifications: NotificationService) {
    this.#notifications = notifications
  }

  list = async (req: Request, res: Response): Promise<void> => {
    const { limit, cursor, unread } = readQuery(listQuery, req)
    const user = await userOf(req)
    const { items, next } = await this.#notifications.list(user, cursor ?? null, limit, unread === 'true')
    res.json({
      items: items.map(representNotification),
      unread: await this.#notifications.countUnread(user),
      nextCursor: next,
    })
  }

  markRead = async (req: Request, res: Response): Promise<void> => {
    const { id } = readPath(notificationPath, req)
    res.json({ unread: await this.#notifications.markRead(await userOf(req), id) })
  }

  markAllRead = async (req: Request, res: Response): Promise<void> => {
    const { upTo } = readBody(readAllBody, req)
    res.json({ unread: await this.#notifications.markAllRead(await userOf(req), upTo ?? null) })
  }
}
