import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { StartError } from '../process/start-error.js'

const SERVICE_FOLDER = fileURLToPath(new URL('../../..', import.meta.url))

export interface Configuration {
  readonly host: string
  /** 0: any free port. */
  readonly httpPort: number
  /** 0: any free port. */
  readonly grpcPort: number
  /** Where shipments are kept; null: nowhere. */
  readonly dataFile: string | null
  readonly maxShipments: number
  /** The time between two states of a parcel; 0: it does not move. */
  readonly stepMs: number
  /** Of the body of a request, and of a gRPC message. */
  readonly bodyLimitBytes: number
  readonly callLimitMs: number
  /** How long the service goes on, saying that it stops, before it takes no more connections. */
  readonly stopGraceMs: number
  /** After this long, what is still under way is cut off. */
  readonly stopLimitMs: number
  readonly logLevel: string
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const A_DAY_MS = 86_400_000

const FREE = ' (0: any free port)'

/** The message of a check completes "expected ...". */
const environment = z.object({
  SHIPPING_HOST: z
    .string()
    .regex(
      /^[\w.:%-]+$/,
      'the name or address of one of this machine’s interfaces, such as 127.0.0.1, or 0.0.0.0 for all',
    )
    .default('127.0.0.1'),
  SHIPPING_HTTP_PORT: wholeNumber(0, 65_535, FREE).default(4100),
  SHIPPING_GRPC_PORT: wholeNumber(0, 65_535, FREE).default(4101),
  SHIPPING_DATA_FILE: z.string().default(join(SERVICE_FOLDER, '.data', 'shipments.jsonl')),
  SHIPPING_MAX_SHIPMENTS: wholeNumber(1, 10_000_000).default(100_000),
  SHIPPING_STEP_MS: wholeNumber(0, A_DAY_MS, ' (0: parcels do not move)').default(60_000),
  SHIPPING_BODY_LIMIT_BYTES: wholeNumber(1024, 1_048_576).default(16_384),
  SHIPPING_CALL_LIMIT_MS: wholeNumber(1, 600_000).default(10_000),
  SHIPPING_STOP_GRACE_MS: wholeNumber(0, 600_000).default(500),
  SHIPPING_STOP_LIMIT_MS: wholeNumber(0, 600_000).default(10_000),
  SHIPPING_LOG_LEVEL: z.enum(LOG_LEVELS, `one of ${LOG_LEVELS.join(', ')}`).default('info'),
})

/** The variables that are read; the README has a row for each. */
export const VARIABLES: readonly string[] = Object.keys(environment.shape)

/**
 * Reads the configuration from environment variables; an empty one counts as unset. Throws a StartError that names
 * each variable that is not right, its value, and what would be right.
 */
export function readConfiguration(variables: Readonly<Record<string, string | undefined>>): Configuration {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const result = environment.safeParse(set)
  if (!result.success) {
    const { issues } = result.error
    throw new StartError(
      issues
        .map(({ path, message }) => {
          const name = path.join('.')
          return `${name} is ${JSON.stringify(set[name])}; expected ${message}`
        })
        .join('\n'),
    )
  }
  const { data } = result
  const { SHIPPING_HTTP_PORT: httpPort, SHIPPING_GRPC_PORT: grpcPort, SHIPPING_DATA_FILE: file } = data
  if (httpPort === grpcPort && grpcPort !== 0) {
    throw new StartError(
      `SHIPPING_GRPC_PORT is "${grpcPort}", as SHIPPING_HTTP_PORT is; expected another port for each`,
    )
  }
  return {
    host: data.SHIPPING_HOST,
    httpPort,
    grpcPort,
    dataFile: file === 'memory:' ? null : resolve(file),
    maxShipments: data.SHIPPING_MAX_SHIPMENTS,
    stepMs: data.SHIPPING_STEP_MS,
    bodyLimitBytes: data.SHIPPING_BODY_LIMIT_BYTES,
    callLimitMs: data.SHIPPING_CALL_LIMIT_MS,
    stopGraceMs: data.SHIPPING_STOP_GRACE_MS,
    stopLimitMs: data.SHIPPING_STOP_LIMIT_MS,
    logLevel: data.SHIPPING_LOG_LEVEL,
  }
}

function wholeNumber(min: number, max: number, note = '') {
  const expected = `a whole number from ${min} to ${max}${note}`
  return z
    .string()
    .regex(/^\d{1,9}$/, { error: expected, abort: true })
    .transform(Number)
    .pipe(z.int().min(min, expected).max(max, expected))
}
