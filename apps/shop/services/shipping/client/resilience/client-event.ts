import type { ShippingError, ShippingUnavailable } from '../errors.js'

export type ClientOperation = 'quote' | 'createShipment' | 'track' | 'follow'

/** `closed`: calls go through. `open`: none does. `half-open`: one does, and decides. */
export type BreakerState = 'closed' | 'open' | 'half-open'

/** What happens inside the resilient client, for logs and metrics. */
export type ClientEvent =
  /** One try ended. `outcome` is `ok`, `aborted`, or the code of the error. */
  | {
      readonly type: 'try'
      readonly operation: ClientOperation
      readonly outcome: 'ok' | 'aborted' | 'error' | ShippingError['code']
      readonly durationMs: number
    }
  | {
      readonly type: 'retry'
      readonly operation: ClientOperation
      readonly delayMs: number
      readonly error: ShippingUnavailable
    }
  | { readonly type: 'breaker'; readonly state: BreakerState }
  | {
      readonly type: 'fallback'
      readonly operation: ClientOperation
      readonly error: ShippingUnavailable
    }
