import { asFunction, asValue } from 'awilix'
import type { RequestHandler } from '../../http/framework.js'
import type { Authenticator } from '../../http/principal.js'
import type { SecurityConfiguration } from '../../http/security/configuration.js'
import type { PlatformCradle } from '../../platform/cradle.js'
import { Presence } from '../../platform/realtime/presence.js'
import { SocketHub } from '../../platform/realtime/socket-hub.js'
import type { UserDirectory } from '../identity/services/user-directory.js'
import type { ShopModule } from '../module.js'
import { supportRoom } from './domain/room.js'
import { ChatController } from './http/chat-controller.js'
import { createChatRoutes } from './http/chat-routes.js'
import { CHAT_PROBLEMS, problemOfChat } from './http/problems.js'
import { CHAT_LIMITS, type ChatLimits } from './limits.js'
import { type ChatRepositories, createChatRepositories } from './repositories/chat-repositories.js'
import { MemoryRoomRepository } from './repositories/memory/memory-room-repository.js'
import { chatRooms } from './repositories/postgres/tables.js'
import { ChatService } from './services/chat-service.js'
import { MessageRate } from './services/message-rate.js'
import { RoomService } from './services/room-service.js'
import { ChatSockets } from './sockets/chat-sockets.js'
import { ChatWorker } from './sockets/chat-worker.js'
import { RequestHandshakeAuthenticator } from './sockets/handshake-authenticator.js'
import { HubAnnouncer, roomOf } from './sockets/hub-announcer.js'

export interface ChatCradle extends ChatRepositories {
  readonly chatLimits: ChatLimits
  /** The sockets; others push to users by it (platform/realtime/user-push.ts). */
  readonly socketHub: SocketHub
  readonly presence: Presence
  readonly chatRoomService: RoomService
  readonly chat: ChatService
}

export interface ChatNeeds {
  readonly authenticator: Authenticator
  /** Loads the session of a request. */
  readonly sessions: RequestHandler
  readonly userDirectory: UserDirectory
  readonly configuration: { readonly security: SecurityConfiguration }
}

type Cradle = PlatformCradle & ChatCradle & ChatNeeds

/** Talking over sockets: rooms, presence, typing, receipts, history. */
export const chatModule: ShopModule<ChatCradle, ChatNeeds> = {
  name: 'chat',

  register: (storage) => {
    const repositories = createChatRepositories(storage)
    return {
      chatRooms: asFunction(() => repositories.chatRooms).singleton(),
      chatMessages: asFunction(() => repositories.chatMessages).singleton(),
      chatReads: asFunction(() => repositories.chatReads).singleton(),
      chatLimits: asValue(CHAT_LIMITS),
      socketHub: asFunction(({ state, log, authenticator, sessions, chatLimits, configuration }: Cradle) => {
        const handshakes = new RequestHandshakeAuthenticator(authenticator, sessions, log)
        return new SocketHub({
          state,
          log,
          authenticator: handshakes,
          limits: chatLimits.sockets,
          origins: configuration.security.corsOrigins,
        })
      }).singleton(),
      presence: asFunction(({ state, log, chatLimits, socketHub }: Cradle) => {
        const onChange = (roomId: string, user: object, isHere: boolean): void =>
          socketHub.toRoomHere(roomOf(roomId), 'chat:presence', { roomId, user, isHere })
        return new Presence({ state, log, ...chatLimits.presence, onChange })
      }).singleton(),
      chatRoomService: asFunction(
        ({ chatRooms: rooms, transactions, clock, socketHub, userDirectory: directory }: Cradle) =>
          new RoomService({ rooms, transactions, directory, clock, announcer: new HubAnnouncer(socketHub) }),
      ).singleton(),
      chat: asFunction(createChatService).singleton(),
    }
  },

  fill: () => ({
    sql: async (database) => {
      await database.insert(chatRooms).values(supportRoom(new Date())).onConflictDoNothing()
    },
    memory: (memory) => new MemoryRoomRepository(memory).addMissing(supportRoom(new Date())),
  }),

  api: ({ chat, chatRoomService }) => [
    {
      path: '/chat/rooms',
      versions: ['v1', 'v2'],
      router: createChatRoutes(new ChatController(chat, chatRoomService)),
    },
  ],

  problems: CHAT_PROBLEMS,
  problemOf: problemOfChat,

  workers: ({ socketHub: hub, presence, chat, chatLimits, log }) => [
    new ChatWorker(hub, presence, () => {
      const translations = [problemOfChat]
      return new ChatSockets({ hub, presence, chat, translations, allowance: chatLimits.events, log })
    }),
  ],
}

function createChatService(cradle: Cradle): ChatService {
  const { chatRooms: rooms, chatMessages: messages, chatReads: reads } = cradle
  const { state, events, clock, socketHub, chatLimits, userDirectory: directory } = cradle
  const rate = new MessageRate(state, chatLimits.messages)
  return new ChatService({
    rooms,
    messages,
    reads,
    rate,
    directory,
    events,
    clock,
    announcer: new HubAnnouncer(socketHub),
  })
}
