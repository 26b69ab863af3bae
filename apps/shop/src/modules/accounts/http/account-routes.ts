import { validate } from '@nozomi/schema'
import { createRouter, type Router } from '../../../http/framework.js'
import { jsonBody } from '../../../http/input/json-body.js'
import { requirePermission, requireUser } from '../../../http/principal.js'
import { allowOnly } from '../../../http/problems/problem-handler.js'
import type { AccountController } from './account-controller.js'
import {
  accountBody,
  accountPath,
  depositBody,
  entriesQuery,
  transferBody,
  transferPath,
} from './account-input.js'

export function createAccountRoutes(controller: AccountController): Router {
  const router = createRouter()
  router.use(requireUser)
  router
    .route('/')
    .get(controller.list)
    .post(jsonBody, validate({ body: accountBody }), controller.open)
    .all(allowOnly('GET', 'HEAD', 'POST'))
  router
    .route('/:id')
    .get(validate({ params: accountPath }), controller.read)
    .all(allowOnly('GET', 'HEAD'))
  router
    .route('/:id/entries')
    .get(validate({ params: accountPath, query: entriesQuery }), controller.entries)
    .all(allowOnly('GET', 'HEAD'))
  router
    .route('/:id/deposits')
    .post(
      requirePermission('accounts:write'),
      jsonBody,
      validate({ params: accountPath, body: depositBody }),
      controller.deposit,
    )
    .all(allowOnly('POST'))
  return router
}

export function createTransferRoutes(controller: AccountController): Router {
  const router = createRouter()
  router.use(requireUser)
  router
    .route('/')
    .post(jsonBody, validate({ body: transferBody }), controller.transfer)
    .all(allowOnly('POST'))
  router
    .route('/:id')
    .get(validate({ params: transferPath }), controller.readTransfer)
    .all(allowOnly('GET', 'HEAD'))
  return router
}
