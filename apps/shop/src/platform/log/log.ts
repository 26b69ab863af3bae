/** Fields that a line of the log has beside its message. Values must be such that JSON can hold them. */
export type LogFields = Readonly<Record<string, unknown>>

/** Where the shop says what happens. */
export interface Log {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, error: unknown, fields?: LogFields): void
  /** The same log, with fields that are on each of its lines. */
  child(fields: LogFields): Log
}
