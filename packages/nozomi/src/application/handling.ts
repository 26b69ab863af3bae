import { EventEmitter } from 'node:events'
import { isFirstToSee, type RoutedRequest } from '../files/other-spellings.js'
import { ownFields } from '../messages/node-fields.js'
import type { RequestState } from '../request/state.js'
import { nextMethod } from '../response/node-response.js'
import type { ResponseState } from '../response/state.js'
import type { Next } from '../routing/messages.js'
import { Router } from '../routing/router.js'
import { answerForeign } from '../server/http2/foreign-messages.js'
import { configurationOf } from '../settings/configuration.js'
import { areRequestsObserved, publishRequest } from './diagnostics.js'
import { enterApplication } from './entering.js'
import { answerFinally } from './final-handler.js'
import { type ApplicationState, messageClasses } from './state.js'

export const handlingMembers: object & ThisType<ApplicationState> = {
  /** Sends a request through the application; `done` gets it back when nothing answered, else it ends in a page. */
  handle(req: RequestState, res: ResponseState, done?: Next): void {
    if (configurationOf(this).poweredBy) setPoweredBy(this, res)
    if (!enterApplication(this, req, res, done !== undefined)) {
      const listener = (own: object, its: object) =>
        this.handle(own as RequestState, its as ResponseState, done)
      answerForeign(this[messageClasses], req as never, res as never, listener)
      return
    }
    if (areRequestsObserved()) publishRequest(this, req, res)
    this.router.handle(req as never, res, done ?? ((error) => finish(this, req, res, error)))
  },

  /**
   * Security: who looks at requests before the first layer may be a guard: a parent, another listener of the server,
   * and whoever wrapped one of the functions on the way.
   */
  [isFirstToSee](req: RoutedRequest, handler: unknown): boolean {
    if (this.parent || req.baseUrl || req.originalUrl !== req.url) return false
    const { router } = this
    if (this.handle !== ownHandle || router.handle !== ownRouterHandle || router.stack[0]?.handle !== handler)
      return false
    const { server } = req.socket as { server?: EventEmitter }
    const listeners = server?.listeners('request')
    return server?.emit === ownEmit && listeners?.length === 1 && listeners[0] === (this as unknown)
  },
}

const ownHandle: unknown = (handlingMembers as ApplicationState).handle
const ownRouterHandle: unknown = (Router.prototype as Router).handle
const ownEmit: unknown = EventEmitter.prototype.emit

/** Parity: set before the response gets the prototype of the application, whose patches of `setHeader` don't see it. */
function setPoweredBy(app: ApplicationState, res: ResponseState): void {
  const fields = ownFields(res)
  if (fields !== null) fields['x-powered-by'] = ['X-Powered-By', 'Express']
  else if (Object.getPrototypeOf(res) === app.response) {
    nextMethod('setHeader').apply(res, ['X-Powered-By', 'Express'] as never[])
  } else res.setHeader('X-Powered-By', 'Express')
}

function finish(app: ApplicationState, req: RequestState, res: ResponseState, error: unknown): void {
  answerFinally(req, res, error, {
    env: configurationOf(app).env,
    onError: (failure) => logError(app, failure),
  })
}

/** Parity: errors that nobody handled are printed, but not in tests. */
function logError(app: ApplicationState, error: unknown): void {
  if (app.get('env') !== 'test') console.error(error)
}
