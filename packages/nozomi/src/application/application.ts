import { EventEmitter } from 'node:events'
import { defineMembers } from '../messages/define-members.js'
import { createRequestClass } from '../request/request-class.js'
import { createResponseClass } from '../response/response-class.js'
import { awaitsContinue, type RequestState } from '../request/state.js'
import type { ResponseState } from '../response/state.js'
import type { Next } from '../routing/messages.js'
import { Router } from '../routing/router.js'
import { configuration, ownReaders } from '../settings/configuration.js'
import { handlingMembers } from './handling.js'
import { inProcessMembers } from './in-process.js'
import { listeningMembers } from './listening.js'
import { mountingMembers } from './mounting.js'
import { renderingMembers } from './rendering.js'
import { defineSettings, settingMembers } from './settings.js'
import { type ApplicationState, messageClasses, mounted } from './state.js'
import { verbMembers } from './verbs.js'

const initMembers: object & ThisType<ApplicationState> = {
  /** Gives the application its caches, its settings and its router, which is made when it is first asked for. */
  init(): void {
    let router: Router | null = null
    this.cache = Object.create(null)
    this.engines = Object.create(null)
    defineSettings(this)
    this.defaultConfiguration()
    const lazyRouter = {
      configurable: true,
      get: (): Router => {
        router ??= new Router({
          caseSensitive: this.enabled('case sensitive routing'),
          strict: this.enabled('strict routing'),
        })
        return router
      },
    }
    Object.defineProperty(this, 'router', { ...lazyRouter, enumerable: true })
    // Express 4's name for it, which route listers and agents still look for.
    Object.defineProperty(this, '_router', { ...lazyRouter, enumerable: false })
  },
}

/** An application is a function and an event emitter; it can inherit from one object only, which is both. */
function callableEmitter(): object {
  const both = Object.create(Function.prototype) as object
  defineMembers(both, EventEmitter.prototype)
  return both
}

/** `express.application`: the prototype of every application. Patches to it are seen at once. */
export const application: ApplicationState = Object.create(callableEmitter())

defineMembers(
  application,
  initMembers,
  settingMembers,
  verbMembers,
  mountingMembers,
  renderingMembers,
  handlingMembers,
  listeningMembers,
  inProcessMembers,
)

/** By this tools tell an application that publishes what it does (docs/reference/diagnostics.md) from one of stock Express. */
Object.defineProperty(application, Symbol.for('nozomi.publishes'), { value: true })

const { get, set, enabled } = application
Object.defineProperty(application, ownReaders, { value: { get, set, enabled } })

/** Makes an application: what `nozomi()` gives. */
export function createApplication(): ApplicationState {
  const app = ((req: RequestState, res: ResponseState, next?: Next) => {
    app.handle(req, res, next)
  }) as ApplicationState
  Object.setPrototypeOf(app, application)
  app[configuration] = null
  app[mounted] = new Set()
  const IncomingMessage = createRequestClass(app)
  const ServerResponse = createResponseClass(app)
  app.request = IncomingMessage.prototype as RequestState
  app.response = ServerResponse.prototype as ResponseState
  app[messageClasses] = { IncomingMessage, ServerResponse, deferContinue }
  app.init()
  return app
}

function deferContinue(req: object): void {
  ;(req as RequestState)[awaitsContinue] = true
}
