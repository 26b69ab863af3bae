import type { ExplainedLayer, Explanation, NearRoute } from './explanation.js'
import { formatPlace } from './format-place.js'
import { formatTable, printable } from './format-table.js'

export interface FormatExplanationOptions {
  /** List the layers for other paths, and the handlers for other methods, too. Default false. */
  all?: boolean
}

const MARKS = { runs: '>', unreached: '.', skipped: '-' }

/**
 * An explanation as text for a terminal: a line for each layer that matters (`>` runs, `.` runs only if one before it calls
 * `next`, `-` is skipped), where the request ends, and the nearest routes.
 */
export function formatExplanation(explanation: Explanation, options: FormatExplanationOptions = {}): string {
  const { method, url, layers, end, nearest } = explanation
  const rows = rowsOf(layers, options.all === true)
  const lines = [printable(`${method} ${url}`), formatTable(rows), '', endLine(end.text, end.layer)]
  if (nearest.length > 0) lines.push('', 'Nearest:', formatTable(nearest.map(rowOfNear)))
  return lines.filter((line, i) => line !== '' || i > 1).join('\n')
}

function rowsOf(layers: readonly ExplainedLayer[], all: boolean): string[][] {
  const rows: string[][] = []
  let passed = 0
  for (const layer of layers) {
    // `app.all()` adds each handler once for each method.
    if (!all && layer.kind === 'handler' && layer.reason === 'method') continue
    if (!all && layer.reason === 'path') {
      passed++
      continue
    }
    if (passed > 0) rows.push(rowOfPassed(passed))
    passed = 0
    rows.push(rowOf(layer))
  }
  if (passed > 0) rows.push(rowOfPassed(passed))
  return rows
}

function rowOfPassed(count: number): string[] {
  return [`  - ${count === 1 ? '1 layer' : `${count} layers`} for other paths`]
}

function rowOf(layer: ExplainedLayer): string[] {
  const { depth, verdict, kind, name, path, methods, params, why } = layer
  const indent = '  '.repeat(depth + 1)
  const what =
    kind === 'route' ? `${methods.join(', ') || 'ALL'} ${path}` : `${name}${path === '/' ? '' : ` ${path}`}`
  const values =
    kind === 'route' && verdict !== 'skipped' && Object.keys(params).length > 0 ? JSON.stringify(params) : ''
  const row = [`${indent}${MARKS[verdict]} ${what}`, formatPlace(layer.place), why || values]
  return row.map(printable)
}

function endLine(text: string, layer: ExplainedLayer | null): string {
  const place = layer === null ? '' : formatPlace(layer.place)
  return printable(`Ends: ${text}${place === '' ? '' : ` (${place})`}`)
}

function rowOfNear({ method, pattern, place, text, instead }: NearRoute): string[] {
  const hint = instead === null ? text : `${text}: try ${method} ${instead}`
  return [`  ${method} ${pattern}`, formatPlace(place), hint].map(printable)
}
