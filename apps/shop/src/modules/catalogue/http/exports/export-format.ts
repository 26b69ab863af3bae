import type { Request } from '../../../../http/framework.js'
import { csvRows, csvText } from '../../../../http/representations/csv-text.js'
import { notAcceptable } from '../../../../http/representations/not-acceptable.js'
import type { ExportFormat } from '../input/export-query.js'

type Row = Readonly<Record<string, unknown>>

/** How a format is written, a part at a time. */
export interface ExportNotation {
  readonly type: string
  /** What stands before the first row. */
  readonly head: (columns: readonly string[]) => string
  readonly rows: (columns: readonly string[], rows: readonly Row[]) => string
}

export const NOTATIONS: Readonly<Record<ExportFormat, ExportNotation>> = {
  csv: {
    type: 'text/csv; charset=utf-8; header=present',
    head: (columns) => csvText(columns, []),
    rows: csvRows,
  },
  ndjson: {
    type: 'application/x-ndjson; charset=utf-8',
    head: () => '',
    rows: (_columns, rows) => rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
  },
}

/** The media types of the formats; the first is for whoever does not care. */
const TYPES: Readonly<Record<string, ExportFormat>> = { 'text/csv': 'csv', 'application/x-ndjson': 'ndjson' }

/** The format in the query, or else the one in `Accept`: who follows a link can't set fields. */
export function exportFormat(req: Request, inQuery: ExportFormat | null): ExportFormat {
  if (inQuery !== null) return inQuery
  const names = Object.keys(TYPES)
  const isBrowser = req.accepts(['text/html', ...names]) === 'text/html'
  const accepted = isBrowser ? 'text/csv' : req.accepts(names)
  const format = accepted === false ? undefined : TYPES[accepted]
  if (format === undefined) throw notAcceptable(req, names)
  return format
}
