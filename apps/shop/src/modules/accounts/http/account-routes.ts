import { createRouter, type Router } from '../../../http/framework.js'
import { jsonBody } from '../../../http/input/json-body.js'
import { requirePermission, requireUser } from '../../../http/principal.js'
import { allowOnly } from '../../../http/problems/problem-handler.js'
import type { AccountController } from './account-controller.js'
import {
  deposit,
  listAccounts,
  listEntries,
  openAccount,
  readAccount,
  readTransfer,
  transfer,
} from './contracts/account-contracts.js'

export function createAccountRoutes(controller: AccountController): Router {
  const router = createRouter()
  router.use(requireUser)
  router
    .route('/')
    .get(listAccounts, controller.list)
    .post(jsonBody, openAccount, controller.open)
    .all(allowOnly('GET', 'HEAD', 'POST'))
  router.route('/:id').get(readAccount, controller.read).all(allowOnly('GET', 'HEAD'))
  router.route('/:id/entries').get(listEntries, controller.entries).all(allowOnly('GET', 'HEAD'))
  router
    .route('/:id/deposits')
    .post(requirePermission('accounts:write'), jsonBody, deposit, controller.deposit)
    .all(allowOnly('POST'))
  return router
}

export function createTransferRoutes(controller: AccountController): Router {
  const router = createRouter()
  router.use(requireUser)
  router.route('/').post(jsonBody, transfer, controller.transfer).all(allowOnly('POST'))
  router.route('/:id').get(readTransfer, controller.readTransfer).all(allowOnly('GET', 'HEAD'))
  return router
}
