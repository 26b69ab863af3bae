import type { Storage } from '../../../platform/database/storage.js'
import type { MessageRepository, ReadRepository, RoomRepository } from '../domain/repositories.js'
import { MemoryMessageRepository } from './memory/memory-message-repository.js'
import { MemoryReadRepository } from './memory/memory-read-repository.js'
import { MemoryRoomRepository } from './memory/memory-room-repository.js'
import { PostgresMessageRepository } from './postgres/postgres-message-repository.js'
import { PostgresReadRepository } from './postgres/postgres-read-repository.js'
import { PostgresRoomRepository } from './postgres/postgres-room-repository.js'

export interface ChatRepositories {
  readonly chatRooms: RoomRepository
  readonly chatMessages: MessageRepository
  readonly chatReads: ReadRepository
}

/** The repositories that fit a storage. */
export function createChatRepositories(storage: Storage): ChatRepositories {
  if (storage.kind === 'sql') {
    return {
      chatRooms: new PostgresRoomRepository(storage.sql),
      chatMessages: new PostgresMessageRepository(storage.sql),
      chatReads: new PostgresReadRepository(storage.sql),
    }
  }
  return {
    chatRooms: new MemoryRoomRepository(storage.memory),
    chatMessages: new MemoryMessageRepository(storage.memory),
    chatReads: new MemoryReadRepository(storage.memory),
  }
}
