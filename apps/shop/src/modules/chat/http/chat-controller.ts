import type { Request, Response } from '../../../http/framework.js'
import { readBody, readPath, readQuery } from '../../../http/input/read-input.js'
import { userOf } from '../../../http/principal.js'
import type { ChatService } from '../services/chat-service.js'
import type { RoomService } from '../services/room-service.js'
import { historyQuery, memberPath, roomBody, roomPath } from './input/chat-input.js'
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

  list = async (req: Request, res: Response): Promise<void> => {
    const rooms = await this.#rooms.list(await userOf(req))
    res.json({ items: rooms.map(representSummary) })
  }

  create = async (req: Request, res: Response): Promise<void> => {
    const { title, members } = readBody(roomBody, req)
    const created = await this.#rooms.create(await userOf(req), title, members)
    res.status(201).location(`${req.baseUrl}/${created.room.id}`).json(representRoom(created))
  }

  read = async (req: Request, res: Response): Promise<void> => {
    const { room } = readPath(roomPath, req)
    const user = await userOf(req)
    const found = await this.#chat.room(user, room)
    res.json({ ...representRoom(found), reads: await this.#chat.reads(user, room) })
  }

  messages = async (req: Request, res: Response): Promise<void> => {
    const { room } = readPath(roomPath, req)
    const { limit, cursor } = readQuery(historyQuery, req)
    const { items, next } = await this.#chat.history(await userOf(req), room, cursor ?? null, limit)
    res.json({ items: items.map(representMessage), nextCursor: next && formatCursor(next) })
  }

  addMember = async (req: Request, res: Response): Promise<void> => {
    const { room, user } = readPath(memberPath, req)
    res.json(representRoom(await this.#rooms.addMember(await userOf(req), room, user)))
  }

  removeMember = async (req: Request, res: Response): Promise<void> => {
    const { room, user } = readPath(memberPath, req)
    await this.#rooms.removeMember(await userOf(req), room, user)
    res.status(204).end()
  }
}
