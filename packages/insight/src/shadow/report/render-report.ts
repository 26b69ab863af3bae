import type { ShadowDifference, ShadowReport, Uncompared } from '../../types/shadow.js'

/** Requests whose differences are printed; the others are counted. */
const PRINTED = 50

/** The report as text, for people. */
export function renderReport(report: ShadowReport): string {
  const { counts, express, nozomi } = report
  const parts = [
    `${report.application}: Express ${express.version} and Nozomi ${nozomi.version}, on Node.js ${report.node}`,
    ...renderDifferences(report),
    ...renderUncompared('Not compared, because two runs of Express differ there:', report.noise),
    ...renderUncompared('Not compared, because two runs of Express gave:', report.unsteady),
    ...renderUncompared('Not sent to both:', report.skipped),
    ...report.warnings.map((warning) => `Warning: ${warning}`),
    [
      `${counts.compared} requests compared: ${counts.equal} equal, ${counts.different} different`,
      counts.allowed > 0 ? `, ${counts.allowed} different in what is allowed` : '',
      counts.unsteady > 0 ? `; ${counts.unsteady} of which Express makes something else each time` : '',
      counts.skipped > 0 ? `; ${counts.skipped} skipped` : '',
      report.verdict === 'incomplete' ? '. This proves little' : '',
    ].join(''),
  ]
  return `${parts.join('\n\n')}\n`
}

function renderDifferences({ differences, unlisted }: ShadowReport): string[] {
  const byRequest = new Map<number, ShadowDifference[]>()
  for (const one of differences) byRequest.set(one.number, [...(byRequest.get(one.number) ?? []), one])
  const blocks = [...byRequest.values()].slice(0, PRINTED).map(renderRequest)
  const hidden = byRequest.size - blocks.length
  if (hidden > 0 || unlisted > 0) {
    blocks.push(`… and ${hidden} more requests. With --json, ${differences.length} differences are listed.`)
  }
  return blocks
}

function renderRequest(differences: readonly ShadowDifference[]): string {
  const [first] = differences
  return [
    `${first?.number}. ${first?.request}`,
    ...differences.flatMap(renderDifference),
    ...renderKnown(differences),
  ].join('\n')
}

function renderDifference({ what, where, express, nozomi }: ShadowDifference): string[] {
  return [
    `   ${what}${where === '' ? '' : ` ${where}`}`,
    `     Express  ${oneLine(express)}`,
    `     Nozomi   ${oneLine(nozomi)}`,
  ]
}

/** One difference shows in many places of an answer: each reason is said once. */
function renderKnown(differences: readonly ShadowDifference[]): string[] {
  const links = differences.flatMap(({ known, allowed }) =>
    known ? [`   ${allowed ? 'allowed' : 'a known difference, it seems'}: ${known.link}`] : [],
  )
  return [...new Set(links)]
}

function renderUncompared(title: string, list: readonly Uncompared[]): string[] {
  if (list.length === 0) return []
  return [
    [
      title,
      ...list.map(({ what, count, example }) => `   ${count} × ${what}, as in ${oneLine(example)}`),
    ].join('\n'),
  ]
}

/** Line ends would break the table, and other control characters the terminal. */
function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F]/g, (character) =>
    JSON.stringify(character).slice(1, -1),
  )
}
