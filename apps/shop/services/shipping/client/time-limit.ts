import { setMaxListeners } from 'node:events'
import { ShippingUnavailable } from './errors.js'

/** The longest time that a timer takes. */
const LONGEST_MS = 2_147_483_647

export interface Limits {
  /** The call ends when one of them is aborted, with its reason. */
  readonly signals: readonly (AbortSignal | undefined)[]
  /** The call ends after this long, with `ShippingUnavailable`. */
  readonly limitMs?: number | undefined
}

/**
 * Runs a call within its limits. The call gets one signal for all of them, and need not tell them apart.
 *
 * Not `AbortSignal.any` and `AbortSignal.timeout`: a signal of the caller that lives long would keep what hangs on it,
 * and a timer would outlive its call.
 */
export async function withinLimits<T>(
  { signals, limitMs }: Limits,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  const endings = signals.flatMap((signal) => (signal ? [endWith(signal, controller)] : []))
  const timer =
    limitMs === undefined
      ? undefined
      : setTimeout(() => controller.abort(timeLimitError(limitMs)), Math.min(limitMs, LONGEST_MS))
  try {
    controller.signal.throwIfAborted()
    return await call(controller.signal)
  } catch (error) {
    // Whatever the transport made of it.
    controller.signal.throwIfAborted()
    throw error
  } finally {
    clearTimeout(timer)
    for (const end of endings) end()
  }
}

/** What a client aborts when it is closed. Many calls listen to it, and each one leaves. */
export function createClosing(): AbortController {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  return controller
}

export function closedError(): ShippingUnavailable {
  return new ShippingUnavailable('no-connection', 'the client is closed')
}

export function timeLimitError(limitMs: number): ShippingUnavailable {
  const limit = Math.round(limitMs)
  return new ShippingUnavailable('time-limit', `the shipping service did not answer within ${limit} ms`)
}

/** Aborts the controller with the signal. Gives what undoes it. */
function endWith(signal: AbortSignal, controller: AbortController): () => void {
  const abort = (): void => controller.abort(signal.reason)
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  return () => signal.removeEventListener('abort', abort)
}
