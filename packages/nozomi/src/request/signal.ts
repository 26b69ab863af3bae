import { IncomingMessage } from 'node:http'
import { onAnswerEnd } from '../messages/answer-end.js'
import { abortSignal, type RequestState } from './state.js'

/*
 * `req.signal`, on a node whose requests have none: newer ones (24.21 and 26 among them) bring it, with the same meaning, and
 * are left alone.
 *
 * Perf: nothing is made, and nobody listens, before it is read.
 */
const members: object & ThisType<RequestState> = {
  /** Aborted when the client goes away before the answer is complete. */
  get signal(): AbortSignal {
    return (this[abortSignal] ??= signalOf(this))
  },

  /** As on stock Express on such a node, where it is a property like any other. */
  set signal(value: AbortSignal) {
    Object.defineProperty(this, 'signal', { value, configurable: true, enumerable: true, writable: true })
  },
}

/** The members for this node: none, where it has its own. */
export const signalMembers: object = 'signal' in IncomingMessage.prototype ? {} : members

function signalOf(req: RequestState): AbortSignal {
  const controller = new AbortController()
  const lost = () => controller.abort()
  const { res, socket } = req as { res?: RequestState['res']; socket: RequestState['socket'] }
  // A request that listeners of 'upgrade' get has no response: its connection is all there is.
  if (res !== undefined) onAnswerEnd(req, res, { sent() {}, lost })
  else if (socket.destroyed) lost()
  else socket.once('close', lost)
  return controller.signal
}
