import type { Log } from '../../platform/log/log.js'
import type { Worker } from '../module.js'
import type { TokenService } from './services/token-service.js'

const PAUSE_MS = 60 * 60 * 1000

/** Removes refresh tokens that have expired, once an hour. */
export function createFamilyCleaner(tokens: TokenService, log: Log): Worker {
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> = Promise.resolve()
  const clean = async (): Promise<void> => {
    try {
      const removed = await tokens.removeExpired()
      if (removed > 0) log.info('sign-ins that had expired were removed', { removed })
    } catch (error) {
      log.error('sign-ins that had expired could not be removed', error)
    }
  }
  return {
    name: 'token families',
    start: async () => {
      timer = setInterval(() => (running = clean()), PAUSE_MS)
      timer.unref()
    },
    stop: async () => {
      if (timer !== null) clearInterval(timer)
      await running
    },
  }
}
