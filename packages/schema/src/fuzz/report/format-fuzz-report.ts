import type { FuzzFinding, FuzzReport } from './fuzz-report.js'

/** A report as text: the faults, each with its command; notes; the count. */
export function formatFuzzReport(report: FuzzReport): string {
  const { findings, notes, requests, operations, seed } = report
  const counts = (['error', 'warning', 'advice'] as const)
    .map((severity) => [findings.filter((one) => one.severity === severity).length, severity] as const)
    .filter(([count]) => count > 0)
    .map(([count, severity]) => `${count} ${severity}${count > 1 && severity !== 'advice' ? 's' : ''}`)
  return [
    ...findings.map((finding) => `${formatFinding(finding)}\n`),
    ...notes.map((note) => `note ${note}`),
    ...(notes.length > 0 ? [''] : []),
    `${counts.join(', ') || 'nothing found'}: ${requests} requests to ${operations.length} operations, seed ${seed}`,
  ].join('\n')
}

function formatFinding(finding: FuzzFinding): string {
  const { severity, operation, message, kind, mutation, place, answer, curl, isReproducible } = finding
  const lines = [
    `${severity} ${operation} ${message} (${kind})`,
    mutation === null ? '  input  allowed by the document' : `  input  ${mutation} at ${place}`,
    ...(answer === null || answer === '' ? [] : [`  answer ${answer}`]),
    ...(isReproducible ? [] : ['  it did not show again when the request was sent once more']),
    `  ${curl}`,
  ]
  return lines.join('\n')
}
