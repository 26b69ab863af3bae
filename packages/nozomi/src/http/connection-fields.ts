/**
 * RFC 9110 §7.6.1, RFC 9113 §8.2.2: fields that are said to the next hop of an HTTP/1.1 connection, and to nobody else. In
 * lower case.
 */
export const connectionFields: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
])
