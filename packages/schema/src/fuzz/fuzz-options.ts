import type { ApiDocument } from '../drift/document.js'
import type { FuzzTarget } from './run/target.js'

export interface FuzzOptions {
  /**
   * What is fuzzed: an application of Nozomi or Express, which is served on a free port of the loopback interface as long as the run takes; or
   * the URL that the paths of the document stand under.
   */
  readonly target: FuzzTarget
  /** OpenAPI 3.1. Default: what the target answers at `/openapi.json`; or else, of an application, what its routes say. */
  readonly document?: ApiDocument
  /** The same seed makes the same inputs. Default: a random one, which the report names. */
  readonly seed?: number
  /** Inputs for each operation that the document allows, and as many that it does not. Default 50. */
  readonly runs?: number
  /** Sent with every request, in place of what is made: credentials. They are not written into the report. */
  readonly headers?: Readonly<Record<string, string>>
  /** Operations, by method and path (`POST /users`), path, or operationId; `*` stands for any text. Default: all. */
  readonly include?: readonly (string | RegExp)[]
  /** Operations that are left out, in the same way. */
  readonly exclude?: readonly (string | RegExp)[]
  /**
   * Whether methods that change something are called, as POST and DELETE. Default: `true` for an application and for URLs of the
   * loopback interface, `false` for all others: they get GET, HEAD and OPTIONS.
   */
  readonly unsafe?: boolean
  /** Whether it is a finding that the server accepts what the document does not allow. Default `true`. */
  readonly refusals?: boolean
  /** Requests of the whole run. Default 10,000. */
  readonly maxRequests?: number
  /** Milliseconds of the whole run. Default 300,000. */
  readonly maxTimeMs?: number
  /** Milliseconds for one answer, after which the request hangs. Default 10,000. */
  readonly timeoutMs?: number
  /** Operations at once. Above 1, what a server with state answers may differ from run to run, and a crash is told of all that are under way. Default 1. */
  readonly concurrency?: number
  /** Requests that are spent to make one finding smaller. Default 100. */
  readonly maxShrinks?: number
}

/** @throws TypeError for numbers that can't be meant. */
export function settled(options: FuzzOptions): Required<Omit<FuzzOptions, 'document' | 'unsafe' | 'target'>> {
  const {
    seed = Math.trunc(Math.random() * 2 ** 31),
    runs = 50,
    headers = {},
    include = [],
    exclude = [],
    refusals = true,
    maxRequests = 10_000,
    maxTimeMs = 300_000,
    timeoutMs = 10_000,
    concurrency = 1,
    maxShrinks = 100,
  } = options
  const counts = { runs, maxRequests, maxTimeMs, timeoutMs, concurrency }
  for (const [name, value] of Object.entries(counts)) {
    if (!Number.isInteger(value) || value < 1)
      throw new TypeError(`${name} must be a whole number from 1 on, not ${value}`)
  }
  if (!Number.isInteger(seed)) throw new TypeError(`seed must be a whole number, not ${seed}`)
  return { seed, headers, include, exclude, refusals, maxShrinks, ...counts }
}
