import { CONTESTANTS } from '../contestants/contestants.mjs'
import { metricsOf, middleOf, written } from './metrics.mjs'

/*
 * A picture of the scenarios that say most: a small bar chart for each, two in a row. It brings its own colours for a
 * light and for a dark page, and needs no font but a common one.
 */

const SHOWN = new Set([
  'hello-json',
  'api-get',
  'routes-1000-last',
  'middleware-90',
  'json-post-110',
  'form-post',
  'static-10k',
  'production',
])
/** Who is drawn otherwise than the rest. */
const KINDS = { nozomi: 'own', 'node-http': 'reference' }
const BARS = ['nozomi', 'express', 'fastify', 'hono', 'koa', 'node-http']

const WIDTH = 880
const MARGIN = 24
const COLUMN_GAP = 40
const COLUMN_WIDTH = (WIDTH - 2 * MARGIN - COLUMN_GAP) / 2
const LABEL_WIDTH = 76
const FIGURE_WIDTH = 52
const BAR_WIDTH = COLUMN_WIDTH - LABEL_WIDTH - FIGURE_WIDTH
const BAR_HEIGHT = 14
const ROW_HEIGHT = 19
const PANEL_HEAD = 26
const PANEL_GAP = 22
const TITLE_HEIGHT = 66

const STYLE = `
  svg { color-scheme: light dark; }
  .page { fill: #ffffff; }
  text { font: 12px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #3d444d; }
  .title { font-size: 17px; font-weight: 600; fill: #1f2328; }
  .panel { font-size: 13px; font-weight: 600; fill: #1f2328; }
  .own { font-weight: 600; fill: #1f2328; }
  .bar { fill: #a9b4c0; }
  .bar.own { fill: #0b7a75; }
  .bar.reference { fill: #d5dbe1; }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117; }
    text { fill: #b7bfc8; }
    .title, .panel, .own { fill: #f0f3f6; }
    .bar { fill: #57616c; }
    .bar.own { fill: #2fb5ae; }
    .bar.reference { fill: #343c45; }
  }`

/** The chart of one version of node; null when none of its scenarios was measured. */
export function chartOf(node, scenarios, results) {
  const panels = scenarios
    .filter(({ name }) => SHOWN.has(name) && results.has(name))
    .map((scenario) => panelOf(scenario, results.get(scenario.name)))
    .filter(({ bars }) => bars.length > 0)
  if (panels.length === 0) return null
  const rows = Array.from({ length: Math.ceil(panels.length / 2) }, (_, row) =>
    panels.slice(row * 2, row * 2 + 2),
  )
  let top = TITLE_HEIGHT
  const drawn = []
  for (const row of rows) {
    for (const [column, panel] of row.entries()) {
      drawn.push(drawPanel(panel, MARGIN + column * (COLUMN_WIDTH + COLUMN_GAP), top))
    }
    top += Math.max(...row.map(heightOf)) + PANEL_GAP
  }
  return pageOf(node, top, drawn)
}

function panelOf(scenario, result) {
  const [metric] = metricsOf(scenario)
  const bars = BARS.map((name) => ({ name, value: middleOf(result, name, metric) })).filter(
    ({ value }) => value !== undefined,
  )
  return { title: scenario.title, bars }
}

function heightOf({ bars }) {
  return PANEL_HEAD + bars.length * ROW_HEIGHT
}

function drawPanel({ title, bars }, left, top) {
  const longest = Math.max(...bars.map(({ value }) => value))
  const drawn = bars.map(({ name, value }, index) => {
    const y = top + PANEL_HEAD + index * ROW_HEIGHT
    const width = Math.max(1, (value / longest) * BAR_WIDTH)
    return drawBar(name, value, { left, y, width })
  })
  return [`<text class="panel" x="${left}" y="${top + 12}">${escaped(title)}</text>`, ...drawn].join('\n')
}

function drawBar(name, value, { left, y, width }) {
  const kind = KINDS[name] ?? ''
  const base = y + BAR_HEIGHT - 3
  const start = left + LABEL_WIDTH
  return [
    `<text class="label ${kind}" x="${start - 8}" y="${base}" text-anchor="end">${CONTESTANTS[name].title}</text>`,
    `<rect class="bar ${kind}" x="${start}" y="${y}" width="${width.toFixed(1)}" height="${BAR_HEIGHT}" rx="2"/>`,
    `<text class="figure ${kind}" x="${(start + width + 6).toFixed(1)}" y="${base}">${written(value)}</text>`,
  ].join('\n')
}

function pageOf(node, height, drawn) {
  const title = `CPU time of the server for one request, on Node ${node}`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}">
<style>${STYLE}
</style>
<rect class="page" width="${WIDTH}" height="${height}" rx="8"/>
<text class="title" x="${MARGIN}" y="32">${title}</text>
<text x="${MARGIN}" y="50">Microseconds, less is better. Medians of one run; each panel has its own scale.</text>
${drawn.join('\n')}
</svg>
`
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
