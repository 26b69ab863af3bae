import type { Log, LogFields } from '#shop/platform/log/log.js'

/** Keeps what was logged, so that tests can ask for it, and prints nothing. */
export class SilentLog implements Log {
  readonly lines: string[] = []
  readonly errors: unknown[] = []
  /** Beside each line, its fields. */
  readonly fields: LogFields[] = []

  debug(): void {}

  info(message: string, fields: LogFields = {}): void {
    this.lines.push(message)
    this.fields.push(fields)
  }

  warn(message: string, fields: LogFields = {}): void {
    this.lines.push(message)
    this.fields.push(fields)
  }

  error(message: string, error: unknown, fields: LogFields = {}): void {
    this.lines.push(message)
    this.errors.push(error)
    this.fields.push(fields)
  }

  child(): Log {
    return this
  }
}
