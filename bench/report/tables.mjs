import { CONTESTANTS } from '../contestants/contestants.mjs'
import { markOf } from './machines.mjs'
import { metricsOf, middleOf, spreadOf, written } from './metrics.mjs'

/** What contestants are compared with. */
const BASE = 'nozomi'

/** The table of one result, in Markdown: a row for each contestant, with its ratio to Nozomi. */
export function tableOf(scenario, result) {
  const metrics = metricsOf(scenario)
  const [first, ...others] = metrics
  const base = middleOf(result, BASE, first)
  const head = ['', first.title, 'lowest to highest', 'to Nozomi', ...others.map(({ title }) => title)]
  const rows = scenario.contestants
    .filter((name) => middleOf(result, name, first) !== undefined)
    .map((name) => {
      const middle = middleOf(result, name, first)
      return [
        CONTESTANTS[name].title,
        written(middle),
        spreadOf(result, name, first).map(written).join(' to '),
        base === undefined ? '-' : `${(middle / base).toFixed(2)} x`,
        ...others.map((metric) => written(middleOf(result, name, metric))),
      ]
    })
  return markdownTable(head, rows)
}

/** The first metric of many scenarios: a row for each scenario, a column for each contestant. */
export function overviewOf(scenarios, results) {
  const names = Object.keys(CONTESTANTS).filter((name) =>
    scenarios.some((scenario) => results.get(scenario.name)?.contestants[name]),
  )
  const rows = scenarios
    .filter(({ name }) => results.has(name))
    .map((scenario) => {
      const [metric] = metricsOf(scenario)
      const result = results.get(scenario.name)
      const link = `[${scenario.title}](#${anchorOf(scenario.title)})${markOf(results, scenario.name)}`
      return [link, ...names.map((name) => written(middleOf(result, name, metric)))]
    })
  return markdownTable(['', ...names.map((name) => CONTESTANTS[name].title)], rows)
}

export function markdownTable(head, rows) {
  // Figures stand to the right, so that their digits stand under each other.
  return [lineOf(head), lineOf(['---', ...head.slice(1).map(() => '---:')]), ...rows.map(lineOf)].join('\n')
}

function lineOf(cells) {
  return `| ${cells.join(' | ')} |`
}

/** The anchor that a heading gets on a page. */
function anchorOf(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-')
}
