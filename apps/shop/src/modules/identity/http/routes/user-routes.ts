import { createRouter, type Router } from '../../../../http/framework.js'
import { jsonBody } from '../../../../http/input/json-body.js'
import { requirePermission, requireUser } from '../../../../http/principal.js'
import { allowOnly } from '../../../../http/problems/problem-handler.js'
import { changeRoles, listUsers, MANAGE_USERS, readSelf, readUser } from '../contracts/user-contracts.js'
import type { UserController } from '../controllers/user-controller.js'

/** `/users`: who there is. */
export function createUserRoutes(controller: UserController): Router {
  const router = createRouter()
  router
    .route('/')
    .get(requirePermission(MANAGE_USERS), listUsers, controller.list)
    .all(allowOnly('GET', 'HEAD'))
  router.route('/me').get(requireUser, readSelf, controller.readSelf).all(allowOnly('GET', 'HEAD'))
  router
    .route('/:id')
    .get(requireUser, readUser, controller.read)
    .patch(requirePermission(MANAGE_USERS), jsonBody, changeRoles, controller.changeRoles)
    .all(allowOnly('GET', 'HEAD', 'PATCH'))
  return router
}
