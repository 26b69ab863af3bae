import type { Log } from '../platform/log/log.js'

const SAME_SIGNAL_MS = 1000
/** What the parts of the shop may take to close, beside the connections. */
const CLOSE_LIMIT_MS = 5000

export interface Stopping {
  readonly stop: () => Promise<void>
  /** How long it may take to stop; some seconds later the process ends, whatever hangs. */
  readonly limitMs: number
  readonly log: Log
}

/**
 * The first signal lets the process finish what it is doing, a later one ends it at once. One that follows within a
 * second counts as the same: Ctrl+C reaches us from the terminal, and once more from npm.
 *
 * An error that nobody caught leaves the process in a state that nobody knows: it is logged, and the process stops as
 * well, with the exit code 1. Gives a function that stops it from elsewhere.
 */
export function stopOnSignal({ stop, limitMs, log }: Stopping): (code?: number) => void {
  let stoppingSince: number | null = null

  function begin(code = 0): void {
    if (stoppingSince !== null) return
    stoppingSince = performance.now()
    console.log('\nclosing the shop ...')
    setTimeout(() => {
      log.error(
        'the shop did not close in time',
        new Error(`not closed after ${limitMs + CLOSE_LIMIT_MS} ms`),
      )
      process.exit(1)
    }, limitMs + CLOSE_LIMIT_MS).unref()
    stop().then(
      () => process.exit(code),
      (error: unknown) => {
        log.error('the shop did not close well', error)
        process.exit(1)
      },
    )
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stoppingSince !== null && performance.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(1)
      begin()
    })
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.error('an error that nobody caught; the process stops', error)
      begin(1)
    })
  }
  return begin
}
