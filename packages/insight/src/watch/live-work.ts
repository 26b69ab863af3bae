import { placeOfFunction } from '../places/function-place.js'
import type { CallSite } from './call-site.js'
import type { RunState } from './request-state.js'

/*
 * What a handler has started that can still call it back: a timer, a file being read, a connection, a process. As long as
 * there is one, a request without an answer waits, and does not hang.
 */

/** How a kind of resource tells that it is over. */
export type WorkKind = 'timer' | 'request' | 'connection' | 'client-request'

/** The types of `node:async_hooks` that are work; all others are steps of it, or belong to the server. */
export const WORK_KINDS: ReadonlyMap<string, WorkKind> = new Map<string, WorkKind>([
  ['Timeout', 'timer'],
  ...[
    'FSREQCALLBACK',
    'FSREQPROMISE',
    'GETADDRINFOREQWRAP',
    'GETNAMEINFOREQWRAP',
    'QUERYWRAP',
    'TCPCONNECTWRAP',
    'PIPECONNECTWRAP',
    'RANDOMBYTESREQUEST',
    'RANDOMPRIMEREQUEST',
    'PBKDF2REQUEST',
    'SCRYPTREQUEST',
    'HASHREQUEST',
    'SIGNREQUEST',
    'KEYPAIRGENREQUEST',
    'CHECKPRIMEREQUEST',
    'PROCESSWRAP',
    'WORKER',
    'FSREQWRAP',
  ].map((type) => [type, 'request'] as const),
  ['TCPWRAP', 'connection'],
  ['PIPEWRAP', 'connection'],
  ['HTTPCLIENTREQUEST', 'client-request'],
])

/** A connection on which nothing has moved for so many times the limit does not keep a handler waiting on purpose. */
export const QUIET_CONNECTION_FACTOR = 3

/** One piece of work, of the run that started it. */
export interface Work {
  readonly kind: WorkKind
  readonly run: RunState
  readonly resource: unknown
  /** Where it was started; of what may be left behind. */
  readonly site: CallSite | null
  lastSignAt: number
  isOver: boolean
}

/** What is read of a timer, a handle or a client's request: all of it may be absent. */
interface Observed {
  _destroyed?: unknown
  _repeat?: unknown
  _onTimeout?: unknown
  hasRef?: () => unknown
  req?: { destroyed?: unknown; res?: { complete?: unknown } | null }
}

/** Whether it may still call the handler back. */
export function isAlive(work: Work, now: number, quietMs: number): boolean {
  if (work.isOver) return false
  const resource = work.resource as Observed
  switch (work.kind) {
    case 'timer':
      return isTimerAlive(resource)
    case 'connection':
      // An idle connection of a pool is unreferenced, or quiet.
      return hasRef(resource) && now - work.lastSignAt < quietMs * QUIET_CONNECTION_FACTOR
    case 'client-request': {
      const { req } = resource
      return req !== undefined && req.destroyed !== true && req.res?.complete !== true
    }
    default:
      return true
  }
}

/** Timers that don't keep a process alive are housekeeping: of caches, pools, sockets. Not so `AbortSignal.timeout()`. */
function isTimerAlive(timer: Observed): boolean {
  if (timer._destroyed === true) return false
  return hasRef(timer) || placeOfFunction(timer._onTimeout)?.file === 'node:internal/abort_controller'
}

/** Whether it can outlive its request unnoticed. */
export function isLasting(kind: WorkKind, resource: unknown): boolean {
  return kind === 'connection' || (kind === 'timer' && isInterval(resource))
}

export function hasRef(resource: unknown): boolean {
  const { hasRef: ask } = resource as Observed
  return typeof ask === 'function' && ask.call(resource) === true
}

/** Whether a timer goes off again and again until somebody ends it. */
function isInterval(resource: unknown): boolean {
  const { _repeat: repeat } = resource as Observed
  return typeof repeat === 'number'
}

export function isCleared(timer: unknown): boolean {
  return (timer as Observed)._destroyed === true
}
