import { validate } from '@nozomi/schema'
import { createRouter, type RequestHandler, type Router } from '../../../../http/framework.js'
import { jsonBody } from '../../../../http/input/json-body.js'
import { requireUser } from '../../../../http/principal.js'
import { allowOnly } from '../../../../http/problems/problem-handler.js'
import type { ProviderController } from '../controllers/provider-controller.js'
import type { SessionController } from '../controllers/session-controller.js'
import type { TokenController } from '../controllers/token-controller.js'
import type { UserController } from '../controllers/user-controller.js'
import { credentialsBody, registrationBody } from '../input/credentials-body.js'

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
  router
    .route('/register')
    .post(jsonBody, validate({ body: registrationBody }), users.register)
    .all(allowOnly('POST'))
  router
    .route('/login')
    .post(jsonBody, validate({ body: credentialsBody }), tokens.signIn)
    .all(allowOnly('POST'))
  router
    .route('/refresh')
    .post(validate({ body: null }), tokens.refresh)
    .delete(validate({ body: null }), tokens.endRefresh)
    .all(allowOnly('DELETE', 'POST'))
  router
    .route('/logout')
    .post(validate({ body: null }), tokens.signOut)
    .all(allowOnly('POST'))
  router
    .route('/logout-everywhere')
    .post(requireUser, validate({ body: null }), bySession.signOutEverywhere)
    .all(allowOnly('POST'))
  router
    .route('/session')
    .get(bySession.read)
    // Here a session may begin; elsewhere only those that came with one have one.
    .post(jsonBody, sessions, validate({ body: credentialsBody }), bySession.signIn)
    .delete(validate({ body: null }), bySession.signOut)
    .all(allowOnly('DELETE', 'GET', 'HEAD', 'POST'))
  router.route('/providers').get(providers.list).all(allowOnly('GET', 'HEAD'))
  return router
}

/** Tokens are in the answers. */
const neverStored: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store')
  next()
}
