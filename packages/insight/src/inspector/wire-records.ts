import type { Incident, LayerRun, RecordedError, RequestRecord } from '../types/record.js'
import { readCodeFrame } from './code-frame.js'
import { formatPlace } from './place-text.js'
import { formatCurl, formatTest } from './reproduce.js'
import type { Detail, Summary, WireError, WireIncident, WireRun } from './wire.js'

const LONGEST_URL = 300

export function toSummary(record: RequestRecord): Summary {
  return {
    id: record.id,
    method: record.method,
    url: shorten(record.url),
    startedAt: record.startedAt,
    durationMs: record.durationMs,
    outcome: record.outcome,
    status: record.status,
    route: record.route,
    error: record.error === null ? null : shorten(`${record.error.name}: ${record.error.message}`),
    incidents: record.incidents.map(({ kind }) => kind),
  }
}

export async function toDetail(
  record: RequestRecord,
  root: string,
  { scheme, framework }: { readonly scheme: string; readonly framework: string },
): Promise<Detail> {
  return {
    ...toSummary(record),
    url: record.url,
    requestFields: record.requestFields,
    responseFields: record.responseFields,
    runs: record.runs.map((run) => toWireRun(run, root)),
    failure: record.error === null ? null : await toWireError(record.error, root),
    found: record.incidents.map((incident) => toWireIncident(incident, root)),
    curl: formatCurl(record, scheme),
    test: formatTest(record, framework),
  }
}

export function toWireIncident(incident: Incident, root: string): WireIncident {
  return {
    kind: incident.kind,
    message: incident.message,
    places: incident.places.map(({ what, place }) => ({ what, place: formatPlace(place, root) })),
    requestId: incident.requestId,
    method: incident.method,
    url: shorten(incident.url),
    route: incident.route,
    count: incident.count,
  }
}

function toWireRun(run: LayerRun, root: string): WireRun {
  return {
    name: run.name,
    kind: run.kind,
    baseUrl: run.baseUrl,
    place: formatPlace(run.place, root),
    depth: run.depth,
    startMs: run.startMs,
    returnMs: run.returnMs,
    endMs: run.endMs,
    outcome: run.outcome,
  }
}

async function toWireError(error: RecordedError, root: string): Promise<WireError> {
  return {
    name: error.name,
    message: error.message,
    stack: error.stack,
    place: formatPlace(error.place, root),
    frame: error.place === null ? null : await readCodeFrame(error.place, root),
  }
}

/** A list of thousands must not carry an address of many kilobytes in each of its lines. */
function shorten(text: string): string {
  return text.length > LONGEST_URL ? `${text.slice(0, LONGEST_URL)}…` : text
}
