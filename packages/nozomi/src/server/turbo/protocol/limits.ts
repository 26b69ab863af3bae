/** What a client may send in a head, with node's names and meaning. */
export interface HeadLimits {
  /** Bytes of target, names and values together: as many as this are refused (node's `maxHeaderSize`). */
  maxHeaderSize: number
  /** Fields in a head or a trailer section; 0 for any number (node's `maxHeadersCount`). */
  maxHeadersCount: number
  /** Whether HTTP/1.1 requests need a Host field (node's option of the same name). Default: true. */
  requireHostHeader?: boolean
}
