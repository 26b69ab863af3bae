import { validate } from '@nozomi/schema'
import { createRouter, type Router } from '../../../../http/framework.js'
import { jsonBody } from '../../../../http/input/json-body.js'
import { requirePermission, requireUser } from '../../../../http/principal.js'
import { allowOnly } from '../../../../http/problems/problem-handler.js'
import { MANAGE_USERS, type UserController } from '../controllers/user-controller.js'
import { userChanges, userListQuery, userPath } from '../input/user-input.js'

/** `/users`: who there is. */
export function createUserRoutes(controller: UserController): Router {
  const router = createRouter()
  router
    .route('/')
    .get(requirePermission(MANAGE_USERS), validate({ query: userListQuery }), controller.list)
    .all(allowOnly('GET', 'HEAD'))
  router.route('/me').get(requireUser, controller.readSelf).all(allowOnly('GET', 'HEAD'))
  router
    .route('/:id')
    .get(requireUser, validate({ params: userPath }), controller.read)
    .patch(
      requirePermission(MANAGE_USERS),
      jsonBody,
      validate({ params: userPath, body: userChanges }),
      controller.changeRoles,
    )
    .all(allowOnly('GET', 'HEAD', 'PATCH'))
  return router
}
