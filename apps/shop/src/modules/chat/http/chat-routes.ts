import { validate } from '@nozomi/schema'
import { createRouter, type Router } from '../../../http/framework.js'
import { jsonBody } from '../../../http/input/json-body.js'
import { requireUser } from '../../../http/principal.js'
import { allowOnly } from '../../../http/problems/problem-handler.js'
import type { ChatController } from './chat-controller.js'
import { historyQuery, memberPath, roomBody, roomPath } from './input/chat-input.js'

/** To be mounted at `/chat/rooms`. */
export function createChatRoutes(controller: ChatController): Router {
  const router = createRouter()
  router
    .route('/')
    .get(requireUser, controller.list)
    .post(requireUser, jsonBody, validate({ body: roomBody }), controller.create)
    .all(allowOnly('GET', 'HEAD', 'POST'))
  router
    .route('/:room')
    .get(requireUser, validate({ params: roomPath }), controller.read)
    .all(allowOnly('GET', 'HEAD'))
  router
    .route('/:room/messages')
    .get(requireUser, validate({ params: roomPath, query: historyQuery }), controller.messages)
    .all(allowOnly('GET', 'HEAD'))
  router
    .route('/:room/members/:user')
    .put(requireUser, validate({ params: memberPath, body: null }), controller.addMember)
    .delete(requireUser, validate({ params: memberPath, body: null }), controller.removeMember)
    .all(allowOnly('DELETE', 'PUT'))
  return router
}
