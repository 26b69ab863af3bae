import type { ObservedRequest } from '../types/events.js'
import type { TimingOptions } from '../types/watch.js'
import { isNamed, type RequestState, type RunState } from './request-state.js'

/*
 * The `Server-Timing` field (W3C Server Timing): what a browser shows beside a request. It leaves with the head, so it has
 * what is known until then.
 */

/** So many layers are named; a field must not grow with the stack. */
const MOST_LAYERS = 25
const LONGEST_NAME = 40

interface Settable {
  headersSent: boolean
  getHeader?: (name: string) => unknown
  setHeader?: (name: string, value: string) => unknown
}

/** Whether a request gets the field. */
export function compileIsTimed({
  serverTiming = false,
}: TimingOptions = {}): (req: ObservedRequest) => boolean {
  return typeof serverTiming === 'function' ? (req) => serverTiming(req) : () => serverTiming
}

/** Adds the field, behind one that the application has set. */
export function setServerTiming(request: RequestState, now: number): void {
  const res = request.res as Settable
  if (res.headersSent || typeof res.setHeader !== 'function') return
  const value = formatServerTiming(request, now)
  const before = res.getHeader?.('Server-Timing')
  const own = Array.isArray(before) ? before.join(', ') : before
  res.setHeader('Server-Timing', typeof own === 'string' && own !== '' ? `${own}, ${value}` : value)
}

/** `requireUser;dur=1.2, loadOrder;dur=20.1, total;dur=21.9`: for each layer the time that was its own. */
export function formatServerTiming(request: RequestState, now: number): string {
  const own = ownTimes(request.runs, now)
  const metrics = request.runs
    .filter(isNamed)
    .slice(0, MOST_LAYERS)
    .map((run) => formatMetric(run.name, own.get(run) ?? 0))
  return [...metrics, formatMetric('total', now - request.startedAt)].join(', ')
}

/** From the start of a run until it gave the request on or answered it, without the runs inside of it. */
export function ownTimes(runs: readonly RunState[], now: number): Map<RunState, number> {
  const own = new Map<RunState, number>()
  for (const run of runs) {
    const ms = (run.endedAt ?? now) - run.startedAt
    own.set(run, (own.get(run) ?? 0) + ms)
    if (run.parent !== null) own.set(run.parent, (own.get(run.parent) ?? 0) - ms)
  }
  return own
}

/** RFC 9110 §5.6.2: the name of a metric is a token. Security: names of functions may come from anywhere. */
function formatMetric(name: string, ms: number): string {
  const token = name
    .replaceAll(/[^\w!#$%&'*+.^`|~-]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, LONGEST_NAME)
  return `${token === '' ? 'layer' : token};dur=${Math.max(0, ms).toFixed(1)}`
}
