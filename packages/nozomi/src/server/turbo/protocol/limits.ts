/** What a client may send in a head or a trailer section, with node's names and meaning. */
export interface HeadLimits {
  /** Bytes of target, names and values together: as many as this are refused (node's `maxHeaderSize`). */
  maxHeaderSize: number
  /** Fields; 0 for any number (node's `maxHeadersCount`). */
  maxHeadersCount: number
  /** Whether HTTP/1.1 requests need a Host field (node's option of the same name). Default: true. */
  requireHostHeader?: boolean
}

/**
 * Where `maxHeadersCount` is not set. Parity: node's documentation says 2,000, and counts names and values apart; node 24
 * and 26 refuse the 1,001st field, node 20 drops it.
 */
export const DEFAULT_MAX_HEADERS_COUNT = 1000
