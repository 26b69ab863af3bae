import type { ObservedRequest, ObservedResponse, RequestEvent } from '../types/events.js'
import type { AnyApplication } from '../types/stack.js'
import { type Answer, onAnswerEnd } from './answer-end.js'
import { areRequestsObserved, listenChannel, requestAbort, requestFinish, requestStart } from './channels.js'
import { replaceMethod, SharedPatch } from './shared-patch.js'

/*
 * Makes an application of stock Express publish its requests and its servers. Each has methods of its own, copied when it was
 * made: it is the application that is patched.
 */

/** On a request that was published: by Nozomi, too, for one of its applications that is mounted here. */
const isPublished = Symbol.for('nozomi.request.published')

type Request = ObservedRequest & { [isPublished]?: true; upgrade?: boolean }
type Handle = (this: AnyApplication, req: Request, res: ObservedResponse, done?: unknown) => unknown
type Listen = (this: AnyApplication, ...args: unknown[]) => unknown

export const applicationPatches = new SharedPatch<AnyApplication>((app) => {
  const undoHandle = replaceMethod<Handle>(app, 'handle', (original, state) => {
    return function handle(req, res, ...rest) {
      if (state.isOn && areRequestsObserved()) publishRequest(app, req, res)
      return original.call(this, req, res, ...rest)
    }
  })
  const undoListen = replaceMethod<Listen>(app, 'listen', (original, state) => {
    return function listen(...args) {
      const server = original.apply(this, args)
      if (state.isOn && listenChannel.hasSubscribers) listenChannel.publish({ app, server })
      return server
    }
  })
  return () => {
    undoHandle()
    undoListen()
  }
})

function publishRequest(app: AnyApplication, req: Request, res: ObservedResponse): void {
  // What became a WebSocket is neither finished nor aborted.
  if (req[isPublished] || req.upgrade === true) return
  Object.defineProperty(req, isPublished, { value: true })
  const event: RequestEvent = { app, req, res }
  requestStart.publish(event)
  onAnswerEnd(req as Answer['req'], res as Answer['res'], {
    sent: () => requestFinish.publish(event),
    lost: () => requestAbort.publish(event),
  })
}
