import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApiDescription } from './api-description.js'
import { assertDocument, assertDrift } from './assert-drift.js'
import { checkAgainst, pathOf } from './check-exchange.js'
import type { ApiDocument } from './document.js'
import { DriftRecord, type DriftReport } from './drift-report.js'
import { type DriftFinding, nameOfFinding } from './finding.js'
import { type WatchedExchange, watchExchange } from './watch-exchange.js'

export interface DriftOptions {
  /**
   * Called once for each kind of finding of an operation and status, after the answer was sent. Default: a warning of the process with the
   * code `NOZOMI_SCHEMA_DRIFT`.
   */
  readonly onDrift?: (finding: DriftFinding) => void
  /** The part of the requests that is looked at, from 0 to 1. Default 1. */
  readonly sample?: number
  /** Bytes of a body, of request or answer, inflated too; longer ones are let through without a look. Default 65,536. */
  readonly maxBodyBytes?: number
  /** Paths that are none of the document's business: as a start (`/docs`) or a pattern. Default: none. */
  readonly ignore?: readonly (string | RegExp)[]
  /** Whether accepted requests are held against the document, too. Default `true`. */
  readonly requests?: boolean
  /** Whether an accepted parameter of the query that the document does not name is reported. Default `false`. */
  readonly unknownQuery?: boolean
  /** How many different findings are kept until `forget()`. Default 1,000. */
  readonly maxFindings?: number
}

/** The middleware, and what it has found. */
export interface DriftWatcher {
  (req: IncomingMessage, res: ServerResponse, next: () => void): void
  report(): DriftReport
  /** Begins anew: what was reported is reported again when it is found again. */
  forget(): void
}

/** On requests that `openapi()` has answered itself, with the document or its page. */
const DOCUMENTATION = Symbol.for('nozomi.schema.documentation')

type DocumentSource = ApiDocument | (() => ApiDocument | Promise<ApiDocument>)

/**
 * Middleware that holds what an application answers against its OpenAPI 3.1 document, and the requests that it accepted. It changes no
 * answer and delays none: the check runs when the answer has been sent. It stands before everything else, `express.json()` and
 * `compression()` included.
 *
 * Bodies are looked at as they pass, up to `maxBodyBytes`, if they are JSON, text, or a form (of requests). Answers that were compressed (gzip,
 * deflate, br, zstd) are inflated for it. Answers that were cut off are not checked, nor those of `openapi()` itself.
 *
 * @param document the document, or a function that gives it, called at the first request: `() => openapiDocument(app, …)`
 * @throws ContractError `NOZOMI_SCHEMA_CONTRACT` for what is no such document, and for options that can't be meant
 * @example
 * const watcher = drift(document, { onDrift: (finding) => log.warn(finding.message) })
 * app.use(watcher)
 * process.on('SIGUSR2', () => console.log(formatDriftReport(watcher.report())))
 */
export function drift(document: DocumentSource, options: DriftOptions = {}): DriftWatcher {
  assertDrift(document, options)
  const { sample = 1, maxBodyBytes = 65_536, ignore = [], requests = true } = options
  const { unknownQuery = false, maxFindings = 1000, onDrift = warnOfDrift } = options
  const record = new DriftRecord(maxFindings)
  const source = new DescriptionSource(document)

  const settle = (api: ApiDescription, watched: WatchedExchange): void => {
    record.addChecked(watched.unseen)
    for (const found of checkAgainst(api, watched.exchange, { unknownQuery }, watched.route)) {
      const finding = byRoute(found, watched)
      if ((requests || !finding.kind.startsWith('request-')) && record.add(finding)) onDrift(finding)
    }
  }

  const watcher = function driftWatcher(req: IncomingMessage, res: ServerResponse, next: () => void): void {
    try {
      const api = source.get()
      const path = pathOf((req as { originalUrl?: string }).originalUrl ?? req.url ?? '/')
      if (api === null || (sample < 1 && Math.random() >= sample)) record.addSkipped()
      else if (!isIgnored(path, ignore)) {
        const requestBody = requests && Boolean(api.find(req.method ?? 'GET', path)?.operation.body)
        watchExchange(req, res, { maxBodyBytes, requestBody }, (watched) => {
          if (!Object.hasOwn(req, DOCUMENTATION)) source.guard(() => settle(api, watched))
        })
      }
    } catch (error) {
      source.fail(error)
    }
    next()
  }
  return Object.assign(watcher, { report: () => record.report(), forget: () => record.forget() })
}

/** The document, when it is there. What is wrong with it, or with the check, is said once, and never to a client. */
class DescriptionSource {
  readonly #source: DocumentSource
  #description: ApiDescription | null = null
  #isAsked = false
  #hasFailed = false

  constructor(source: DocumentSource) {
    this.#source = source
    // A document that is none is said at registration.
    if (typeof source !== 'function') this.#take(source)
  }

  /** Null as long as the document is made. */
  get(): ApiDescription | null {
    if (this.#isAsked || typeof this.#source !== 'function') return this.#description
    this.#isAsked = true
    const document = this.#source()
    if (document instanceof Promise) {
      document.then((settled) => this.#take(settled)).catch((error: unknown) => this.fail(error))
    } else this.#take(document)
    return this.#description
  }

  #take(document: ApiDocument): void {
    assertDocument('document', document)
    this.#description = ApiDescription.of(document)
  }

  guard(act: () => void): void {
    try {
      act()
    } catch (error) {
      this.fail(error)
    }
  }

  fail(error: unknown): void {
    if (this.#hasFailed) return
    this.#hasFailed = true
    const reason = error instanceof Error ? error.message : String(error)
    process.emitWarning(`Drift is not checked everywhere: ${reason}`, { code: 'NOZOMI_SCHEMA_DRIFT_CHECK' })
  }
}

/** A path that the document does not have is named by its route: clients make as many paths as they like. */
function byRoute(finding: DriftFinding, { exchange, route }: WatchedExchange): DriftFinding {
  if (finding.kind !== 'undocumented-path' || route === null) return finding
  return { ...finding, operation: `${exchange.request.method} ${route}` }
}

function isIgnored(path: string, ignore: readonly (string | RegExp)[]): boolean {
  return ignore.some((one) =>
    typeof one === 'string' ? path === one || path.startsWith(`${one.replace(/\/$/u, '')}/`) : one.test(path),
  )
}

function warnOfDrift(finding: DriftFinding): void {
  process.emitWarning(nameOfFinding(finding), { code: 'NOZOMI_SCHEMA_DRIFT' })
}
