import { completeRequest } from '../request/request-class.js'
import { constructed, type RequestState } from '../request/state.js'
import type { ResponseState } from '../response/state.js'
import { adoptServer } from '../server/node.js'
import { type ApplicationState, messageClasses } from './state.js'

/*
 * How a request and a response become an application's own.
 *
 * Runs for each request. On a server that constructs the application's classes there is nothing to do but one
 * comparison; everything else in this file is for who comes another way.
 */

type Owned = RequestState & { [constructed]?: boolean }

export function enterApplication(
  app: ApplicationState,
  req: RequestState,
  res: ResponseState,
  isMounted: boolean,
) {
  if (Object.getPrototypeOf(req) === app.request && Object.getPrototypeOf(res) === app.response) return
  const isOwned = (req as Owned)[constructed] === true
  if (!isOwned && !isMounted) {
    const { server } = req.socket as unknown as { server?: unknown }
    if (server) adoptServer(server, app[messageClasses], app)
  }
  if (isOwned) {
    req.app = app
    res.app = app
  }
  // Perf: a mounted application that added nothing to its req and res is entered without a change of prototype.
  if (!isOwned || !addsNothing(app.request, req)) Object.setPrototypeOf(req, app.request)
  if (!isOwned || !addsNothing(app.response, res)) Object.setPrototypeOf(res, app.response)
  completeRequest(req)
  req.res = res
  res.req = req as ResponseState['req']
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
  if (Object.hasOwn(req, 'app')) {
    req.app = entry.app
    res.app = entry.app as ResponseState['app']
  }
  if (Object.getPrototypeOf(req) !== entry.request) Object.setPrototypeOf(req, entry.request)
  if (Object.getPrototypeOf(res) !== entry.response) Object.setPrototypeOf(res, entry.response)
}

/** The members that every prototype of ours has: `constructor` and `app`. */
const OWN_MEMBERS = 2

/** Whether the way from an application's prototype up to the message's current one passes no addition. */
function addsNothing(prototype: object, message: object): boolean {
  const current = Object.getPrototypeOf(message) as object
  let step: object | null = prototype
  while (step !== current) {
    if (step === null || Reflect.ownKeys(step).length > OWN_MEMBERS) return false
    step = Object.getPrototypeOf(step) as object | null
  }
  return true
}
