import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { asValue, type AwilixContainer } from 'awilix'
import type { Principal } from '../domain/principal.js'
import type { Log, LogFields } from '../platform/log/log.js'
import type { NextFunction, Request, RequestHandler, Response } from './framework.js'

/** What is known of one request: to its handlers by `contextOf(req)`, to all that it runs by `currentContext()`. */
export class RequestContext {
  readonly requestId: string
  /** The log, with the request's id and user on each line. */
  readonly log: Log
  readonly #container: AwilixContainer
  #scope: AwilixContainer | null = null
  #authenticate: () => Promise<Principal | null> = async () => null
  #principal: Promise<Principal | null> | null = null
  #user: string | null = null

  constructor(requestId: string, container: AwilixContainer, log: Log) {
    this.requestId = requestId
    this.#container = container
    this.log = new ContextLog(log, this)
  }

  /** The names of the container, with what has one life a request (`scoped()`). Made when it is first asked for. */
  get cradle(): object {
    this.#scope ??= this.#container
      .createScope()
      .register({ requestId: asValue(this.requestId), log: asValue(this.log) })
    return this.#scope.cradle
  }

  /** Says how it is found out who asks; it is found out when somebody wants to know, once. */
  authenticateBy(authenticate: () => Promise<Principal | null>): void {
    this.#authenticate = authenticate
  }

  principal(): Promise<Principal | null> {
    this.#principal ??= this.#authenticate().then((principal) => {
      this.#user = principal?.id ?? null
      return principal
    })
    return this.#principal
  }

  get logFields(): LogFields {
    return this.#user === null
      ? { requestId: this.requestId }
      : { requestId: this.requestId, user: this.#user }
  }

  /** Runs something as a part of this request: its lines in the log have the request's id. */
  run<T>(work: () => T): T {
    return storage.run(this, work)
  }

  /** Lets go of what the scope made. */
  async dispose(): Promise<void> {
    await this.#scope?.dispose()
  }
}

const storage = new AsyncLocalStorage<RequestContext>()
const contexts = new WeakMap<object, RequestContext>()

/** The request that is under way; null outside of one. Callbacks of streams and sockets may be outside. */
export function currentContext(): RequestContext | null {
  return storage.getStore() ?? null
}

/** The context of a request; wherever it is asked from. */
export function contextOf(req: Request): RequestContext {
  const context = contexts.get(req)
  if (context === undefined) throw new Error('the request did not come through createRequestContext')
  return context
}

const REQUEST_ID = /^[\w-]{8,64}$/

/** Gives each request its context, and the response its `X-Request-Id`: the client's own if it is a decent one. */
export function createRequestContext(container: AwilixContainer, log: Log): RequestHandler {
  return function requestContext(req, res, next) {
    const sent = req.get('X-Request-Id')
    const requestId = sent !== undefined && REQUEST_ID.test(sent) ? sent : randomUUID()
    const context = new RequestContext(requestId, container, log)
    contexts.set(req, context)
    res.set('X-Request-Id', requestId)
    res.once('close', () => {
      context.dispose().catch((error: unknown) => context.log.error('a scope did not close well', error))
    })
    context.run(next)
  }
}

/** A handler of any request, also behind a contract. */
export type AnyHandler = (req: Request, res: Response, next: NextFunction) => unknown

/**
 * A handler that is taken from the scope of the request: for controllers whose services have one life a request.
 * `fromScope<OrderCradle>(({ orderController }) => orderController.create)`
 */
export function fromScope<Cradle extends object>(choose: (cradle: Cradle) => AnyHandler): AnyHandler {
  return function scopedHandler(req, res, next) {
    // Whose container it is, the module that says its names knows (modules/module.ts).
    return choose(contextOf(req).cradle as Cradle)(req, res, next)
  }
}

/** Writes each line as a part of the request, also from callbacks that have lost it. */
class ContextLog implements Log {
  readonly #log: Log
  readonly #context: RequestContext

  constructor(log: Log, context: RequestContext) {
    this.#log = log
    this.#context = context
  }

  debug(message: string, fields?: LogFields): void {
    this.#context.run(() => this.#log.debug(message, fields))
  }

  info(message: string, fields?: LogFields): void {
    this.#context.run(() => this.#log.info(message, fields))
  }

  warn(message: string, fields?: LogFields): void {
    this.#context.run(() => this.#log.warn(message, fields))
  }

  error(message: string, error: unknown, fields?: LogFields): void {
    this.#context.run(() => this.#log.error(message, error, fields))
  }

  child(fields: LogFields): Log {
    return new ContextLog(this.#log.child(fields), this.#context)
  }
}
