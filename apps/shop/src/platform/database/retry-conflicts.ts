import { setTimeout } from 'node:timers/promises'
import { TransactionConflict } from '../../domain/errors.js'

const DEFAULT_ATTEMPTS = 10
const FIRST_PAUSE_MS = 4
const LONGEST_PAUSE_MS = 60

/**
 * Runs a transaction again as long as it is in conflict with others. The pauses are random, so that those who met do
 * not meet again, and grow.
 */
export async function retryConflicts<T>(
  run: () => Promise<T>,
  isConflict: (error: unknown) => boolean,
  attempts = DEFAULT_ATTEMPTS,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    } catch (error) {
      if (!isConflict(error)) throw error
      if (attempt >= attempts) throw new TransactionConflict(attempts, error)
    }
    const bound = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS)
    await setTimeout(Math.random() * bound)
  }
}
