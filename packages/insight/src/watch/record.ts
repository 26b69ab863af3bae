import { applicationPlace } from '../places/application-place.js'
import { locate, placeOfFunction } from '../places/function-place.js'
import type { Redactor } from '../types/redact.js'
import type { LayerRun, RecordedError, RequestRecord } from '../types/record.js'
import { pairsOf } from './head-arguments.js'
import { unwrap } from './named.js'
import type { RequestState, RunState } from './request-state.js'

/*
 * A request as plain data: what is kept of it and shown, without its messages and without its secrets.
 */

const LONGEST_URL = 4_000
const LONGEST_VALUE = 8_000
const MOST_FIELDS = 200
const LONGEST_STACK = 16_000

type Field = readonly [name: string, value: string]
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/**
 * Makes the record of a request, or brings the one that was made up to date: it is the same object each time. Of a request that
 * is over only the runs still change.
 */
export function recordOf(request: RequestState, redactor: Redactor): RequestRecord {
  const record = (request.record ??= beginRecord(request, redactor))
  const { runs } = request
  if (runs.some(({ handler }) => !located.has(handler))) locateAll(runs)
  for (let i = 0; i < runs.length; i++) {
    const run = runs[i] as RunState
    const known = record.runs[i]
    if (known === undefined) record.runs.push(toRun(run))
    else update(known, run)
  }
  if (record.outcome !== 'running') return record
  record.outcome = request.outcome
  record.durationMs = request.endedAt === null ? null : request.endedAt - request.startedAt
  record.status = request.hasBegun ? request.res.statusCode : null
  record.route = routeOf(request)
  if (request.hasBegun) record.responseFields = responseFields(request, redactor)
  record.error ??= request.failure === null ? null : toError(request.failure.error, redactor)
  return record
}

/** Perf: to ask of many functions at once costs hardly more than of one; of those that are known nothing is asked. */
function locateAll(runs: readonly RunState[]): void {
  locate(runs.map(({ handler }) => unwrap(handler)))
  for (const { handler } of runs) located.add(handler)
}

const located = new WeakSet<object>()

/** About how many bytes a record takes. */
export function sizeOf(record: RequestRecord): number {
  const fields = [...record.requestFields, ...record.responseFields]
  const text = fields.reduce((sum, [name, value]) => sum + name.length + value.length, record.url.length)
  return 500 + text + record.runs.length * 200 + (record.error?.stack.length ?? 0)
}

function beginRecord(request: RequestState, redactor: Redactor): RequestRecord {
  return {
    id: request.id,
    method: request.method,
    url: shorten(redactor.url(request.url), LONGEST_URL),
    startedAt: request.arrivedAt,
    durationMs: null,
    outcome: 'running',
    status: null,
    requestFields: requestFields(request, redactor),
    responseFields: [],
    route: null,
    runs: [],
    error: null,
    incidents: request.incidents,
  }
}

function toRun(run: RunState): LayerRun {
  const { startedAt } = run.request
  const record: LayerRun = {
    name: run.name,
    kind: run.kind,
    baseUrl: run.baseUrl,
    place: placeOfFunction(unwrap(run.handler)),
    depth: run.depth,
    startMs: run.startedAt - startedAt,
    returnMs: null,
    endMs: null,
    outcome: 'running',
  }
  update(record, run)
  return record
}

function update(record: Mutable<LayerRun>, run: RunState): void {
  const { startedAt } = run.request
  record.returnMs = run.returnedAt === null ? null : run.returnedAt - startedAt
  record.endMs = run.endedAt === null ? null : run.endedAt - startedAt
  record.outcome = run.outcome
}

/** Of the last handler of a route that ran: middleware that answers belongs to no route. */
function routeOf({ runs }: RequestState): string | null {
  return runs.findLast(({ kind }) => kind === 'handler')?.route ?? null
}

function requestFields({ req }: RequestState, redactor: Redactor): Field[] {
  const { rawHeaders, headers } = req
  const raw = Array.isArray(rawHeaders) ? rawHeaders : Object.entries(headers ?? {}).flat(2)
  const fields: Field[] = []
  for (let i = 0; i + 1 < raw.length && fields.length < MOST_FIELDS; i += 2) {
    fields.push(redactField(String(raw[i]), String(raw[i + 1]), redactor))
  }
  return fields
}

function responseFields({ res, headArguments }: RequestState, redactor: Redactor): Field[] {
  const { getHeaders } = res as Partial<typeof res>
  const set = typeof getHeaders === 'function' ? getHeaders.call(res) : {}
  const given = headArguments?.at(-1)
  const pairs = [...Object.entries(set), ...pairsOf(given).filter(([name]) => !(name.toLowerCase() in set))]
  return pairs
    .flatMap(([name, value]) => (Array.isArray(value) ? value.map((one) => [name, one]) : [[name, value]]))
    .slice(0, MOST_FIELDS)
    .map(([name, value]) => redactField(String(name), String(value), redactor))
}

function redactField(name: string, value: string, redactor: Redactor): Field {
  return [name, shorten(redactor.field(name, value), LONGEST_VALUE)]
}

function toError(value: unknown, redactor: Redactor): RecordedError {
  const error = value instanceof Error ? value : null
  const text = (read: () => unknown): string => {
    try {
      return shorten(redactor.text(String(read())), LONGEST_STACK)
    } catch {
      return ''
    }
  }
  return {
    name: text(() => error?.name ?? typeof value),
    message: text(() => error?.message ?? value),
    stack: text(() => error?.stack ?? ''),
    place: error === null ? null : applicationPlace(error),
  }
}

function shorten(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
