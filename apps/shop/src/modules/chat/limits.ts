import type { SocketLimits } from '../../platform/realtime/socket-hub.js'
import type { Allowance } from '../../platform/realtime/token-bucket.js'
import type { MessageRateLimits } from './services/message-rate.js'

/** What one client can have of the chat. In the container as `chatLimits`, so that a test can have others. */
export interface ChatLimits {
  readonly sockets: SocketLimits
  /** Events of any kind, of one connection; who sends more is disconnected. */
  readonly events: Allowance
  /** Messages of one user, on all connections; who sends more is told to wait. */
  readonly messages: MessageRateLimits
  readonly presence: { readonly reportEveryMs: number; readonly expiresAfterMs: number }
}

export const CHAT_LIMITS: ChatLimits = {
  sockets: {
    // 2,000 characters are at most 12,000 bytes in JSON.
    frameBytes: 32_768,
    connectionsPerUser: 20,
    freshForMs: 5000,
    checkEveryMs: 30_000,
    renewWithinMs: 15_000,
    helloWithinMs: 10_000,
  },
  events: { burst: 60, perSecond: 20 },
  messages: { messages: 20, windowMs: 10_000 },
  presence: { reportEveryMs: 10_000, expiresAfterMs: 25_000 },
}
