import { createRouter, type Router } from '../../../http/framework.js'
import { jsonBody } from '../../../http/input/json-body.js'
import { requireUser } from '../../../http/principal.js'
import { allowOnly } from '../../../http/problems/problem-handler.js'
import type { ChatController } from './chat-controller.js'
import {
  addMember,
  createRoom,
  listMessages,
  listRooms,
  readRoom,
  removeMember,
} from './contracts/chat-contracts.js'

/** To be mounted at `/chat/rooms`. */
export function createChatRoutes(controller: ChatController): Router {
  const router = createRouter()
  router
    .route('/')
    .get(requireUser, listRooms, controller.list)
    .post(requireUser, jsonBody, createRoom, controller.create)
    .all(allowOnly('GET', 'HEAD', 'POST'))
  router.route('/:room').get(requireUser, readRoom, controller.read).all(allowOnly('GET', 'HEAD'))
  router
    .route('/:room/messages')
    .get(requireUser, listMessages, controller.messages)
    .all(allowOnly('GET', 'HEAD'))
  router
    .route('/:room/members/:user')
    .put(requireUser, addMember, controller.addMember)
    .delete(requireUser, removeMember, controller.removeMember)
    .all(allowOnly('DELETE', 'PUT'))
  return router
}
