import { createRouter, type RequestHandler, type Router } from '../../../../http/framework.js'
import { allowOnly } from '../../../../http/problems/problem-handler.js'
import { backToSignIn } from '../back-to-sign-in.js'
import type { FederationController } from '../controllers/federation-controller.js'
import { beginFederation, completeFederation } from '../contracts/federation-contracts.js'

/** `/sign-in/oidc`: to the identity provider, and back. */
export function createFederationRoutes(controller: FederationController, sessions: RequestHandler): Router {
  const router = createRouter()
  router.route('/').get(beginFederation, controller.begin).all(allowOnly('GET', 'HEAD'))
  router
    .route('/callback')
    .get(sessions, completeFederation, controller.callback)
    .all(allowOnly('GET', 'HEAD'))
  router.use(backToSignIn)
  return router
}
