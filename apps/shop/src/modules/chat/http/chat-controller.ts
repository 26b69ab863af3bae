import type { HandlerOf } from '../../../http/framework.js'
import { userOf } from '../../../http/principal.js'
import type { ChatService } from '../services/chat-service.js'
import type { RoomService } from '../services/room-service.js'
import type {
  addMember,
  createRoom,
  listMessages,
  listRooms,
  readRoom,
  removeMember,
} from './contracts/chat-contracts.js'
import { formatCursor } from './input/cursor.js'
import { representMessage, representRoom, representSummary } from './representation.js'

/** Rooms and their histories over HTTP. Talking is for sockets. */
export class ChatController {
  readonly #chat: ChatService
  readonly #rooms: RoomService

  constructor(chat: ChatService, rooms: RoomService) {
    this.#chat = chat
    this.#rooms = rooms
  }

  list: HandlerOf<typeof listRooms> = async (req, res) => {
    const rooms = await this.#rooms.list(await userOf(req))
    res.json({ items: rooms.map(representSummary) })
  }

  create: HandlerOf<typeof createRoom> = async (req, res) => {
    const { title, members } = req.valid.body
    const created = await this.#rooms.create(await userOf(req), title, members)
    res.status(201).location(`${req.baseUrl}/${created.room.id}`).json(representRoom(created))
  }

  read: HandlerOf<typeof readRoom> = async (req, res) => {
    const { room } = req.valid.params
    const user = await userOf(req)
    const found = await this.#chat.room(user, room)
    res.json({ ...representRoom(found), reads: [...(await this.#chat.reads(user, room))] })
  }

  messages: HandlerOf<typeof listMessages> = async (req, res) => {
    const { room } = req.valid.params
    const { limit, cursor } = req.valid.query
    const { items, next } = await this.#chat.history(await userOf(req), room, cursor ?? null, limit)
    res.json({ items: items.map(representMessage), nextCursor: next === null ? null : formatCursor(next) })
  }

  addMember: HandlerOf<typeof addMember> = async (req, res) => {
    const { room, user } = req.valid.params
    res.json(representRoom(await this.#rooms.addMember(await userOf(req), room, user)))
  }

  removeMember: HandlerOf<typeof removeMember> = async (req, res) => {
    const { room, user } = req.valid.params
    await this.#rooms.removeMember(await userOf(req), room, user)
    res.status(204).end()
  }
}
