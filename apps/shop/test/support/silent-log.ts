import type { Log } from '#shop/process/log.js'

/** Keeps what was logged, so that tests can ask for it, and prints nothing. */
export class SilentLog implements Log {
  readonly lines: string[] = []
  readonly errors: unknown[] = []

  info(message: string): void {
    this.lines.push(message)
  }

  warn(message: string): void {
    this.lines.push(message)
  }

  error(message: string, error: unknown): void {
    this.lines.push(message)
    this.errors.push(error)
  }
}
