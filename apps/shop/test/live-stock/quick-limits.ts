import { LIVE_LIMITS } from '#shop/modules/live-stock/http/live-connections.js'

/** Times that a test can wait for. */
export const QUICK_LIVE_LIMITS = { ...LIVE_LIMITS, heartbeatMs: 100 }
