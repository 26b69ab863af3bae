import { AsyncLocalStorage, createHook } from 'node:async_hooks'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { noteCallSite } from './call-site.js'
import type { Guard } from './guard.js'
import { isLasting, type Work, WORK_KINDS } from './live-work.js'
import type { RequestState, RunState } from './request-state.js'
import type { SyncWork } from './sync-work.js'

export interface AsyncFollowSetup {
  readonly guard: Guard
  readonly work: SyncWork
  readonly blockedMs: number
  /** A callback of a run blocked the event loop. */
  readonly onBlocked: (run: RunState, ms: number) => void
}

/** A callback that runs: which, since when, and what handlers took that began in it. */
interface Frame {
  readonly asyncId: number
  readonly startedAt: number
}

/** Callbacks run inside of others, though seldom; after an uncaught error some are never ended. */
const MOST_FRAMES = 32

/** So many pieces of work are noted of one request. */
const MOST_OF_REQUEST = 500

/**
 * Follows what a handler starts: which handler a callback belongs to, what is still under way for a request, and how long
 * its callbacks take.
 *
 * Perf: the hooks run for every callback and every promise of the process, so that they ask one question first. No hook
 * for `destroy`: with one, node must notice each promise that is collected.
 */
export class AsyncFollow {
  readonly #setup: AsyncFollowSetup
  readonly #storage = new AsyncLocalStorage<RunState | undefined>()
  /** What ran around a handler that has not returned. */
  readonly #outer = new Map<RunState, RunState | undefined>()
  readonly #byId = new Map<number, Work>()
  readonly #byClientRequest = new WeakMap<object, Work>()
  readonly #ofRequest = new WeakMap<RequestState, Map<number, Work>>()
  readonly #frames: Frame[] = []
  #lastClientId = -1

  constructor(setup: AsyncFollowSetup) {
    this.#setup = setup
  }

  /** Begins; gives what ends it. */
  start(): () => void {
    const { guard } = this.#setup
    // Perf: `guard.wrap` would gather the arguments of each call in an array.
    const hook = createHook({
      init: (asyncId, type, _trigger, resource) => {
        if (type === 'PROMISE' || !WORK_KINDS.has(type)) return
        guard.run('what a handler starts', () => this.#init(asyncId, type, resource))
      },
      before: (asyncId) => {
        try {
          this.#before(asyncId)
        } catch (error) {
          guard.warn('a callback', error)
        }
      },
      after: (asyncId) => {
        try {
          this.#after(asyncId)
        } catch (error) {
          guard.warn('a callback', error)
        }
      },
    })
    hook.enable()
    const undo = this.#followFetch()
    return () => {
      hook.disable()
      undo()
      this.#storage.disable()
      this.#byId.clear()
      this.#outer.clear()
    }
  }

  /**
   * A handler is about to run: what begins until `leave` belongs to it. Perf: no `storage.run()`, which would put frames on
   * the stack for each router and handler within one another (300 routers fit on it, and must go on fitting).
   */
  enter(run: RunState): void {
    this.#outer.set(run, this.#storage.getStore())
    this.#storage.enterWith(run)
  }

  leave(run: RunState): void {
    this.#storage.enterWith(this.#outer.get(run))
    this.#outer.delete(run)
  }

  /** The run whose code this is; undefined outside of all. */
  current(): RunState | undefined {
    return this.#storage.getStore()
  }

  /** What was started for a request and is not known to be over. */
  workOf(request: RequestState): Iterable<Work> {
    return this.#ofRequest.get(request)?.values() ?? []
  }

  /** The request is over: what it started is nobody's any more. */
  forget(request: RequestState): void {
    const works = this.#ofRequest.get(request)
    if (works === undefined) return
    this.#ofRequest.delete(request)
    for (const asyncId of works.keys()) this.#byId.delete(asyncId)
  }

  readonly #init = (asyncId: number, type: string, resource: object): void => {
    const kind = WORK_KINDS.get(type)
    if (kind === undefined) return
    const run = this.#storage.getStore()
    if (run === undefined || run.request.outcome !== 'running') return
    const site = isLasting(kind, resource) ? noteCallSite(this.#init) : null
    this.#add(asyncId, { kind, run, resource, site, lastSignAt: performance.now(), isOver: false })
  }

  #add(asyncId: number, work: Work): void {
    const { request } = work.run
    let works = this.#ofRequest.get(request)
    if (works === undefined) this.#ofRequest.set(request, (works = new Map()))
    if (works.size >= MOST_OF_REQUEST) this.#drop(works)
    works.set(asyncId, work)
    this.#byId.set(asyncId, work)
  }

  /** The oldest gives way: of a handler with hundreds of timers the last ones tell as much. */
  #drop(works: Map<number, Work>): void {
    for (const asyncId of works.keys()) {
      works.delete(asyncId)
      this.#byId.delete(asyncId)
      return
    }
  }

  #before(asyncId: number): void {
    const now = performance.now()
    if (this.#byId.size > 0) this.#sign(asyncId, now)
    const run = this.#storage.getStore()
    if (run !== undefined) run.request.lastSignAt = now
    if (this.#frames.length >= MOST_FRAMES) this.#frames.length = 0
    if (this.#frames.length === 0) this.#setup.work.outermostMs = 0
    this.#frames.push({ asyncId, startedAt: now })
  }

  /** A piece of work calls back. */
  #sign(asyncId: number, now: number): void {
    const work = this.#byId.get(asyncId)
    if (work === undefined) return
    work.lastSignAt = now
    if (work.kind !== 'request') return
    work.isOver = true
    this.#byId.delete(asyncId)
    this.#ofRequest.get(work.run.request)?.delete(asyncId)
  }

  #after(asyncId: number): void {
    const index = this.#frames.findLastIndex((frame) => frame.asyncId === asyncId)
    if (index < 0) return
    const { startedAt } = this.#frames[index]!
    this.#frames.length = index
    const { blockedMs, work, onBlocked } = this.#setup
    if (blockedMs <= 0) return
    const ownMs = performance.now() - startedAt - work.outermostMs
    if (ownMs < blockedMs) return
    const run = this.#storage.getStore()
    if (run !== undefined) onBlocked(run, ownMs)
  }

  /** `fetch()` takes a connection that is open already: its own channels tell what is under way. */
  #followFetch(): () => void {
    const { guard } = this.#setup
    const begun = guard.wrap('fetch()', (message: unknown) => {
      const run = this.#storage.getStore()
      const { request } = message as { request?: object }
      if (run === undefined || request === undefined || run.request.outcome !== 'running') return
      const work: Work = { kind: 'request', run, resource: null, site: null, lastSignAt: 0, isOver: false }
      this.#byClientRequest.set(request, work)
      this.#add(this.#lastClientId--, work)
    })
    const over = guard.wrap('fetch()', (message: unknown) => {
      const { request } = message as { request?: object }
      const work = request && this.#byClientRequest.get(request)
      if (work) work.isOver = true
    })
    subscribe('undici:request:create', begun)
    subscribe('undici:request:trailers', over)
    subscribe('undici:request:error', over)
    return () => {
      unsubscribe('undici:request:create', begun)
      unsubscribe('undici:request:trailers', over)
      unsubscribe('undici:request:error', over)
    }
  }
}
