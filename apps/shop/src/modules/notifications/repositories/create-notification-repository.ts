import type { Storage } from '../../../platform/database/storage.js'
import type { NotificationRepository } from '../domain/repositories.js'
import { MemoryNotificationRepository } from './memory/memory-notification-repository.js'
import { PostgresNotificationRepository } from './postgres/postgres-notification-repository.js'

/** The repository that fits a storage. */
export function createNotificationRepository(storage: Storage): NotificationRepository {
  return storage.kind === 'sql'
    ? new PostgresNotificationRepository(storage.sql)
    : new MemoryNotificationRepository(storage.memory)
}
