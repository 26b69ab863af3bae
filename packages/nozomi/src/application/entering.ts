import { completeRequest } from '../request/request-class.js'
import { constructed, type RequestState } from '../request/state.js'
import type { ResponseState } from '../response/state.js'
import { isOfHttp2 } from '../server/http2/foreign-messages.js'
import { adoptServer } from '../server/node.js'
import { type ApplicationState, messageClasses } from './state.js'

/*
 * How a request and a response become an application's own.
 *
 * Runs for each request. On a server that constructs the application's classes there is nothing to do but one
 * comparison; everything else in this file is for who comes another way.
 */

type Owned = RequestState & { [constructed]?: boolean }

/** False for messages of node:http2, which can't become an application's: it must be given others. */
export function enterApplication(
  app: ApplicationState,
  req: RequestState,
  res: ResponseState,
  isMounted: boolean,
): boolean {
  const isBorn = Object.getPrototypeOf(req) === app.request && Object.getPrototypeOf(res) === app.response
  if (isBorn && req.app === app) return true
  const owned = isOwned(req)
  if (!owned && isOfHttp2(req)) return false
  if (!owned && !isMounted) {
    const server = (req.socket as { server?: unknown } | null | undefined)?.server
    if (server) adoptServer(server, app[messageClasses], app)
  }
  // Perf: a mounted application that added nothing to its req and res is entered without a change of prototype.
  if (!owned || !addsNothing(app.request, req)) Object.setPrototypeOf(req, app.request)
  if (!owned || !addsNothing(app.response, res)) Object.setPrototypeOf(res, app.response)
  if (owned) {
    req.app = app
    res.app = app
  }
  completeRequest(req)
  req.res = res
  res.req = req as ResponseState['req']
  return true
}

/** What `leave` needs to give the messages back to the application they came from. */
export interface Entry {
  app: RequestState['app']
  request: object
  response: object
}

export function rememberOwner(req: RequestState, res: ResponseState): Entry {
  return { app: req.app, request: Object.getPrototypeOf(req), response: Object.getPrototypeOf(res) }
}

export function returnToOwner(entry: Entry, req: RequestState, res: ResponseState): void {
  if (Object.getPrototypeOf(req) !== entry.request) Object.setPrototypeOf(req, entry.request)
  if (Object.getPrototypeOf(res) !== entry.response) Object.setPrototypeOf(res, entry.response)
  if (isOwned(req)) {
    req.app = entry.app
    res.app = entry.app as ResponseState['app']
  }
}

/** Whether a class of ours constructed the message. */
export function isOwned(message: object): boolean {
  return (message as Owned)[constructed] === true
}

/** Whether the way from an application's prototype up to the message's current one passes no addition. */
function addsNothing(prototype: object, message: object): boolean {
  const current = Object.getPrototypeOf(message) as object
  let step: object | null = prototype
  while (step !== current) {
    if (step === null || !isBare(step)) return false
    step = Object.getPrototypeOf(step) as object | null
  }
  return true
}

/** Whether a prototype has only what the class of an application gives it; one of a user's own is never bare. */
function isBare(prototype: object): boolean {
  return (
    Reflect.ownKeys(prototype).length === 2 &&
    Object.hasOwn(prototype, 'constructor') &&
    Object.hasOwn(prototype, 'app')
  )
}
