import { type DestinationStream, type Logger, pino } from 'pino'
import type { LogLevel } from './configuration.js'
import type { Log, LogFields } from './log.js'
import { showError } from './show-error.js'

export interface PinoLogOptions {
  readonly level: LogLevel
  readonly destination: DestinationStream
  /** Fields for each line, asked for when it is written: what is known of the request that is under way. */
  readonly fieldsOfNow?: () => LogFields
}

/** What must never be read in a log, wherever a line has it. */
const SECRET_NAMES = [
  'password',
  'secret',
  'token',
  'accessToken',
  'refreshToken',
  'access_token',
  'refresh_token',
  'clientSecret',
  'csrfToken',
  'authorization',
  'cookie',
  '["set-cookie"]',
]

/** At the top of a line, and up to two objects deep. */
const SECRETS = SECRET_NAMES.flatMap((name) => {
  const step = name.startsWith('[') ? name : `.${name}`
  return [name, `*${step}`, `*.*${step}`]
})

/** The log as lines of JSON, by pino. */
export function createPinoLog({ level, destination, fieldsOfNow = () => ({}) }: PinoLogOptions): PinoLog {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => ({ ...fieldsOfNow() }),
      redact: SECRETS,
      serializers: { err: showError },
    },
    destination,
  )
  return new PinoLog(logger)
}

/** A log of pino; `logger` is for libraries that write lines of their own by it. */
export class PinoLog implements Log {
  readonly logger: Logger

  constructor(logger: Logger) {
    this.logger = logger
  }

  debug(message: string, fields: LogFields = {}): void {
    this.logger.debug(fields, message)
  }

  info(message: string, fields: LogFields = {}): void {
    this.logger.info(fields, message)
  }

  warn(message: string, fields: LogFields = {}): void {
    this.logger.warn(fields, message)
  }

  error(message: string, error: unknown, fields: LogFields = {}): void {
    this.logger.error({ ...fields, err: error instanceof Error ? error : new Error(String(error)) }, message)
  }

  child(fields: LogFields): Log {
    return new PinoLog(this.logger.child(fields))
  }
}
