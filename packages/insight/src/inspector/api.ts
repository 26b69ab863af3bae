import type { Severity } from '../types/finding.js'
import type { RequestRecord } from '../types/record.js'
import { readCodeFrame } from './code-frame.js'
import { type InspectorRequest, type InspectorResponse, refuse, sendJson } from './messages.js'
import { findPlace } from './named-places.js'
import { searchRecords } from './search.js'
import type { InspectorSource } from './source.js'
import type { State } from './wire.js'
import { toDetail, toSummary, toWireIncident } from './wire-records.js'
import { toRoutes, toWireExplained } from './wire-routes.js'

interface Files {
  readonly source: InspectorSource
  readonly root: string
  readonly about: { readonly application: string; readonly framework: string; readonly slowMs: number }
  readonly isShown: (record: RequestRecord) => boolean
}

interface Asked {
  /** Below the path of the inspector. */
  readonly path: string
  readonly query: URLSearchParams
}

/** Answers what the page asks for, all of it with GET. */
export async function answerApi(
  files: Files,
  req: InspectorRequest,
  res: InspectorResponse,
  { path, query }: Asked,
): Promise<void> {
  const { source, root } = files
  if (path === '/api/state') return sendJson(req, res, 200, stateOf(files))
  if (path === '/api/routes')
    return sendJson(req, res, 200, toRoutes(source.layers(), source.findings(), root))
  if (path === '/api/explain') return explain(files, req, res, query)
  if (path === '/api/search') {
    const found = searchRecords(shownOf(files), query.get('q') ?? '')
    return sendJson(req, res, 200, { ids: found })
  }
  if (path === '/api/frame') {
    const place = findPlace(source, query.get('place') ?? '', root)
    const frame = place === null ? null : await readCodeFrame(place, root)
    if (frame === null) return refuse(req, res, 404, 'There is no source to show.')
    return sendJson(req, res, 200, frame)
  }
  return answerRequest(files, req, res, path)
}

async function answerRequest(
  { source, root, isShown, about }: Files,
  req: InspectorRequest,
  res: InspectorResponse,
  path: string,
): Promise<void> {
  const id = /^\/api\/requests\/(\d{1,15})$/.exec(path)?.[1]
  if (id === undefined) return refuse(req, res, 404, 'The inspector has no such page.')
  const record = source.record(Number(id))
  if (record === undefined || !isShown(record))
    return refuse(req, res, 404, 'This request is not kept any more.')
  const asked = { scheme: schemeOf(req), framework: about.framework }
  sendJson(req, res, 200, await toDetail(record, root, asked))
}

function explain(
  { source, root }: Files,
  req: InspectorRequest,
  res: InspectorResponse,
  query: URLSearchParams,
): void {
  const method = (query.get('method') ?? 'GET').toUpperCase()
  const url = query.get('url') ?? '/'
  if (!/^[!#$%&'*+.^`|~\w-]{1,40}$/.test(method)) return refuse(req, res, 400, 'That is no method.')
  if (!url.startsWith('/')) return refuse(req, res, 400, 'A path begins with a slash: /api/orders/42')
  try {
    sendJson(req, res, 200, toWireExplained(source.explain(method, url), root))
  } catch (error) {
    // What can't be asked for is said as such; anything else is a fault.
    if (!(error instanceof TypeError)) throw error
    refuse(req, res, 400, error.message)
  }
}

function stateOf(files: Files): State {
  const { source, root, about } = files
  const findings: Record<Severity, number> = { error: 0, warning: 0, advice: 0 }
  for (const { severity } of source.findings()) findings[severity] += 1
  return {
    ...about,
    node: process.version,
    now: Date.now(),
    requests: shownOf(files).map(toSummary),
    incidents: source.incidents().map((incident) => toWireIncident(incident, root)),
    findings,
  }
}

function shownOf({ source, isShown }: Files): RequestRecord[] {
  return [...source.records()].filter(isShown)
}

function schemeOf(req: InspectorRequest): 'http' | 'https' {
  return req.secure === true || (req.socket as { encrypted?: boolean }).encrypted === true ? 'https' : 'http'
}
