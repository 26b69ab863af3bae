import { createRouter, type RequestHandler, type Router } from '../../../../http/framework.js'
import { jsonBody } from '../../../../http/input/json-body.js'
import { requireUser } from '../../../../http/principal.js'
import { allowOnly } from '../../../../http/problems/problem-handler.js'
import {
  endRefresh,
  endSession,
  listSignInProviders,
  openSession,
  readSession,
  refresh,
  register,
  signIn,
  signOut,
  signOutEverywhere,
} from '../contracts/auth-contracts.js'
import type { ProviderController } from '../controllers/provider-controller.js'
import type { SessionController } from '../controllers/session-controller.js'
import type { TokenController } from '../controllers/token-controller.js'
import type { UserController } from '../controllers/user-controller.js'

export interface AuthControllers {
  readonly users: UserController
  readonly tokens: TokenController
  readonly bySession: SessionController
  readonly providers: ProviderController
}

/** `/auth`: registering, signing in and out. */
export function createAuthRoutes(
  { users, tokens, bySession, providers }: AuthControllers,
  sessions: RequestHandler,
): Router {
  const router = createRouter()
  router.use(neverStored)
  router.route('/register').post(jsonBody, register, users.register).all(allowOnly('POST'))
  router.route('/login').post(jsonBody, signIn, tokens.signIn).all(allowOnly('POST'))
  router
    .route('/refresh')
    .post(refresh, tokens.refresh)
    .delete(endRefresh, tokens.endRefresh)
    .all(allowOnly('DELETE', 'POST'))
  router.route('/logout').post(signOut, tokens.signOut).all(allowOnly('POST'))
  router
    .route('/logout-everywhere')
    .post(requireUser, signOutEverywhere, bySession.signOutEverywhere)
    .all(allowOnly('POST'))
  router
    .route('/session')
    .get(readSession, bySession.read)
    // Here a session may begin; elsewhere only those that came with one have one.
    .post(jsonBody, sessions, openSession, bySession.signIn)
    .delete(endSession, bySession.signOut)
    .all(allowOnly('DELETE', 'GET', 'HEAD', 'POST'))
  router.route('/providers').get(listSignInProviders, providers.list).all(allowOnly('GET', 'HEAD'))
  return router
}

/** Tokens are in the answers. */
const neverStored: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store')
  next()
}
