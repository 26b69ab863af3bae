import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { audit } from './audit/audit.js'
import { auditObserved } from './audit/audit-observed.js'
import { assertAudited, type AssertOptions } from './audit/assert-audited.js'
import { formatFindings } from './audit/format-findings.js'
import { watchSettings } from './audit/setting-places.js'
import { frameworkOf } from './hosts/framework-of.js'
import { publishFor } from './hosts/publish-for.js'
import { watchRegistrations } from './hosts/registrations.js'
import { likeFunction, replaceMethod } from './hosts/shared-patch.js'
import { createInspector, type Inspector, type InspectorOptions } from './inspector/inspector.js'
import { assertReadable, readLayers } from './layers/read-layers.js'
import { explain } from './routes/explain.js'
import type { RequestEvent } from './types/events.js'
import type { Finding } from './types/finding.js'
import type { AnyApplication } from './types/stack.js'
import type { Watch, WatchOptions } from './types/watch.js'
import { createWatch } from './watch/create-watch.js'
import { Guard } from './watch/guard.js'

/** What `insight(app, options)` is told. All of it is optional; what a watch can be told is among it. */
export interface InsightOptions extends Omit<WatchOptions, 'skip'> {
  /** Default: whether the setting `env` of the application, which is `NODE_ENV`, is `development`, as it is when none is set. */
  readonly enabled?: boolean
  /** The page: where it is, who may see it. `false`: there is none. */
  readonly inspector?: InspectorPageOptions | false
  /**
   * What becomes of the findings of the audit when the application begins to listen: they are printed (`warn`, the
   * default), `app.listen()` throws an `AuditError` (`refuse`), or there is no audit (`false`).
   */
  readonly audit?: 'warn' | 'refuse' | false | InsightAuditOptions
}

export type InspectorPageOptions = Omit<InspectorOptions, 'isProduction'>

export interface InsightAuditOptions extends AssertOptions {
  /** Default: `warn`. */
  readonly mode?: 'warn' | 'refuse'
}

/** What `app.use()` gets, and what can be asked of it. */
export interface InsightMiddleware {
  (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void): void
  /** What was seen of requests; null when Insight is off. */
  readonly watch: Watch | null
  /** The findings of the audit as the application now is, and those of requests; none when Insight is off. */
  findings(): readonly Finding[]
  /** Ends it: nothing is watched any more, and the middleware passes requests on. */
  stop(): void
}

const middlewareOf = new WeakMap<AnyApplication, InsightMiddleware>()

/**
 * Makes an application explain itself: its requests are watched, hung and double answers are reported, the inspector is
 * served at `/_inspector`, and the audit looks through it when it listens. Call it right after the application is made,
 * before routes are registered, so that the lines they are registered on are known:
 *
 *     const app = nozomi()
 *     app.use(insight(app))
 *
 * Anywhere but in development it is off unless `enabled: true` says otherwise, and the middleware only calls `next`. Applications
 * and routers that are mounted are seen with the one they are mounted on. A second call for an application gives what the first one gave.
 *
 * @throws TypeError when `app` is no application of Nozomi or Express 5.
 */
export function insight(app: AnyApplication, options: InsightOptions = {}): InsightMiddleware {
  assertReadable(app)
  const known = middlewareOf.get(app)
  if (known !== undefined) return known
  const env = app.get?.('env')
  const isEnabled = options.enabled ?? env === 'development'
  const middleware = isEnabled ? new Running(app, options, env === 'production').middleware : disabled()
  middlewareOf.set(app, middleware)
  return middleware
}

function disabled(): InsightMiddleware {
  const pass = named((_req, _res, next) => next())
  return Object.assign(pass, { watch: null, findings: () => [], stop() {} })
}

/** Insight of one application, while it is on. */
class Running {
  readonly middleware: InsightMiddleware
  readonly #app: AnyApplication
  readonly #isProduction: boolean
  readonly #audit: Required<Pick<InsightAuditOptions, 'mode'>> & AssertOptions
  readonly #isAudited: boolean
  readonly #observed: Finding[] = []
  readonly #guard = new Guard()
  readonly #undo: (() => void)[] = []
  #isAuditDue: boolean

  constructor(app: AnyApplication, options: InsightOptions, isProduction: boolean) {
    this.#app = app
    this.#isProduction = isProduction
    this.#isAudited = options.audit !== false
    this.#isAuditDue = this.#isAudited
    this.#audit = auditOptionsOf(options.audit, isProduction)
    this.#undo.push(watchRegistrations(app))
    this.#undo.push(watchSettings(app), publishFor(app))
    this.middleware = this.#createMiddleware(options)
    if (this.#isAudited) this.#undo.push(this.#auditAtStart(), this.#auditRequests())
  }

  #createMiddleware(options: InsightOptions): InsightMiddleware {
    let inspector: Inspector | null = null
    const skip: WatchOptions['skip'] = ({ originalUrl, url }) =>
      inspector !== null && inspector.owns(originalUrl ?? url ?? '')
    const watch = createWatch(this.#app, { ...options, skip })
    this.#undo.push(() => watch.stop())
    if (options.inspector !== false) inspector = this.#createInspector(watch, options.inspector ?? {})
    const state = { isOn: true }
    this.#undo.push(() => void (state.isOn = false))
    const middleware = named((req, res, next) => {
      if (!state.isOn) return next()
      // A request that came to another application first, in which this one is mounted.
      watch.adopt(req, res)
      if (inspector === null) next()
      else inspector.middleware(req, res, next)
    })
    return Object.assign(middleware, {
      watch,
      findings: () => this.#findings(),
      stop: () => this.#stop(),
    })
  }

  #createInspector(watch: Watch, options: InspectorPageOptions): Inspector | null {
    const app = this.#app
    const source = {
      records: () => watch.records(),
      record: (id: number) => watch.record(id),
      incidents: () => watch.incidents(),
      subscribe: watch.subscribe.bind(watch),
      layers: () => readLayers(app),
      findings: () => this.#findings(),
      explain: (method: string, url: string) => explain(app, method, url),
    }
    const framework = frameworkOf(app)?.publishes === true ? 'Nozomi' : 'Express'
    return createInspector(source, { framework, ...options, isProduction: this.#isProduction })
  }

  #findings(): readonly Finding[] {
    return this.#isAudited ? [...audit(this.#app, this.#audit), ...this.#observed] : []
  }

  /** When `app.listen()` is called; of an application on a server made elsewhere, when its first request comes. */
  #auditAtStart(): () => void {
    const undoListen = replaceMethod<Listen>(this.#app, 'listen', (original) => {
      const auditNow = (): void => this.#auditNow()
      return function listen(...args) {
        auditNow()
        return original.apply(this, args)
      }
    })
    const onRequest = this.#guard.wrap('the audit', (event) => {
      if ((event as RequestEvent).app === this.#app && this.#isAuditDue) this.#tell()
    })
    subscribe('nozomi.request.start', onRequest)
    return () => {
      undoListen()
      unsubscribe('nozomi.request.start', onRequest)
    }
  }

  /** @throws AuditError when findings are to keep the application from listening. */
  #auditNow(): void {
    if (!this.#isAuditDue) return
    if (this.#audit.mode === 'refuse') assertAudited(this.#app, this.#audit)
    this.#guard.run('the audit', () => this.#tell())
  }

  #tell(): void {
    this.#isAuditDue = false
    print(audit(this.#app, this.#audit))
  }

  #auditRequests(): () => void {
    const onFinish = this.#guard.wrap('the audit of requests', (event) => {
      const { app, req } = event as RequestEvent
      if (app !== this.#app) return
      const found = auditObserved(app, req, this.#audit)
      this.#observed.push(...found)
      print(found)
    })
    subscribe('nozomi.request.finish', onFinish)
    return () => unsubscribe('nozomi.request.finish', onFinish)
  }

  #stop(): void {
    for (const undo of this.#undo.splice(0)) this.#guard.run('its end', undo)
    middlewareOf.delete(this.#app)
  }
}

type Handler = (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void

/** By this name it stands in the stack. */
function named(handler: Handler): Handler {
  return likeFunction(handler, { name: 'insight', length: 3 })
}

type Listen = (this: AnyApplication, ...args: never[]) => unknown

function auditOptionsOf(
  audited: InsightOptions['audit'],
  production: boolean,
): AssertOptions & { mode: 'warn' | 'refuse' } {
  const given: InsightAuditOptions = typeof audited === 'object' ? audited : {}
  const mode = audited === 'refuse' ? 'refuse' : (given.mode ?? 'warn')
  return { production, ...given, mode }
}

function print(findings: readonly Finding[]): void {
  if (findings.length > 0) console.warn(`[insight] ${formatFindings(findings)}`)
}
