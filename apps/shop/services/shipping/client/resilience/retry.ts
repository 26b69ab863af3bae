import { setTimeout as delay } from 'node:timers/promises'
import { ShippingUnavailable, type UnavailableCode } from '../errors.js'

export interface RetryOptions {
  /** The pause before the second try is a random time between these two. Default: 50 and 200. */
  readonly minDelayMs?: number
  readonly maxDelayMs?: number
}

/**
 * What may go better a moment later. Not `time-limit`: no time is left. Not `breaker-open`: that is for not asking.
 * Not `bad-answer`: whatever answers so will do it again.
 */
const WORTH_A_RETRY: ReadonlySet<UnavailableCode> = new Set(['no-connection', 'service-failed'])

export interface Retrying<T> {
  /** One try, in the time that is left. */
  readonly attempt: (leftMs: number) => Promise<T>
  /** For both tries and the pause. */
  readonly limitMs: number
  readonly signal: AbortSignal | undefined
  /** Whether a second try would be made at all. Asked before the pause and after it. */
  readonly mayTry: () => boolean
  readonly onRetry: (error: ShippingUnavailable, delayMs: number) => void
}

/**
 * Tries once, and once more when the service could not answer and time is left. For calls that may be repeated, as
 * all of this service may. The pause is random, so that many callers who failed together do not come back together.
 */
export async function retryOnce<T>(
  { minDelayMs = 50, maxDelayMs = 200 }: RetryOptions,
  { attempt, limitMs, signal, mayTry, onRetry }: Retrying<T>,
): Promise<T> {
  const end = performance.now() + limitMs
  try {
    return await attempt(limitMs)
  } catch (error) {
    if (!(error instanceof ShippingUnavailable) || !WORTH_A_RETRY.has(error.code)) throw error
    const delayMs = minDelayMs + Math.random() * (maxDelayMs - minDelayMs)
    if (!mayTry() || performance.now() + delayMs >= end) throw error
    onRetry(error, delayMs)
    await delay(delayMs, undefined, { signal }).catch(() => signal?.throwIfAborted())
    // What happened says more than that it was not tried again.
    if (!mayTry()) throw error
    return attempt(Math.max(1, end - performance.now()))
  }
}
