/** RFC 9113 §7: why a stream or a connection ends. node:http2 has them too, and is loaded only by who serves it. */
export const ErrorCode = {
  NO_ERROR: 0x0,
  INTERNAL_ERROR: 0x2,
  CANCEL: 0x8,
  ENHANCE_YOUR_CALM: 0xb,
} as const
