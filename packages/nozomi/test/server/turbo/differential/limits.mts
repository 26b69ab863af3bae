import { DEFAULT_MAX_HEADERS_COUNT, type HeadLimits } from '#dist/server/turbo/protocol/limits.js'

/** node's defaults. */
export const USUAL_LIMITS: HeadLimits = {
  maxHeaderSize: 16_384,
  maxHeadersCount: DEFAULT_MAX_HEADERS_COUNT,
}

/** So tight that every third head comes near them. */
export const TIGHT_LIMITS: HeadLimits = { maxHeaderSize: 120, maxHeadersCount: 5 }
