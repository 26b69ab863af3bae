import type { Log } from '../../platform/log/log.js'
import type { AnyState } from '../../platform/state/open-state.js'
import type { Application } from '../framework.js'
import { createSecurityHeaders } from '../security-headers.js'
import { createApiHeaders } from './api-headers.js'
import type { SecurityConfiguration } from './configuration.js'
import { createCrossOrigin } from './cross-origin.js'
import { createForgedRequestGuard } from './forged-requests.js'
import { createRateLimit } from './rate-limit.js'

/** What stands before all routes: who is believed about addresses, the headers, the limits, and who may come in. */
export function guardApplication(
  app: Application,
  { trustProxy, corsOrigins, rateLimit }: SecurityConfiguration,
  state: AnyState,
  log: Log,
): void {
  app.set('trust proxy', trustProxy)
  app.use(createSecurityHeaders())
  app.use('/api', createApiHeaders())
  if (corsOrigins.length > 0) app.use('/api', createCrossOrigin(corsOrigins))
  if (rateLimit !== null) app.use('/api', createRateLimit(rateLimit, state, log))
  app.use(createForgedRequestGuard(corsOrigins))
}
