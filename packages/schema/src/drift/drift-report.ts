import type { DriftFinding } from './finding.js'

/** Why a body was not held against its schema. */
export type UnseenReason = 'compressed' | 'too-long'

/** What a drift check has seen since it began, or since it was told to forget. */
export interface DriftReport {
  /** Answers that were held against the document. */
  readonly checked: number
  /** Answers that were not, by the sample rate or because the document was not there yet. */
  readonly skipped: number
  /** Answers whose body was not looked at; their status, media type and fields were. */
  readonly unseenBodies: Readonly<Record<UnseenReason, number>>
  /** Each kind once for each operation and status, in the order in which they were found. */
  readonly findings: readonly (DriftFinding & {
    /** How often. */
    readonly count: number
    /** Milliseconds since 1970. */
    readonly firstSeen: number
  })[]
  /** How many findings were not kept, because there were too many. */
  readonly dropped: number
}

type Kept = DriftFinding & { count: number; readonly firstSeen: number }

/** Gathers findings. Invariant: it holds no more than it was told, whatever clients send. */
export class DriftRecord {
  readonly #most: number
  readonly #findings = new Map<string, Kept>()
  #checked = 0
  #skipped = 0
  #dropped = 0
  #unseen: Record<UnseenReason, number> = { compressed: 0, 'too-long': 0 }

  constructor(mostFindings: number) {
    this.#most = mostFindings
  }

  addChecked(unseen: UnseenReason | null): void {
    this.#checked++
    if (unseen !== null) this.#unseen[unseen]++
  }

  addSkipped(): void {
    this.#skipped++
  }

  /** @returns whether it is new: to be told. */
  add(finding: DriftFinding): boolean {
    const key = `${finding.kind} ${finding.status} ${finding.operation}`
    const known = this.#findings.get(key)
    if (known) known.count++
    else if (this.#findings.size >= this.#most) this.#dropped++
    else this.#findings.set(key, { ...finding, count: 1, firstSeen: Date.now() })
    return known === undefined && this.#findings.has(key)
  }

  forget(): void {
    this.#findings.clear()
    this.#checked = 0
    this.#skipped = 0
    this.#dropped = 0
    this.#unseen = { compressed: 0, 'too-long': 0 }
  }

  report(): DriftReport {
    return {
      checked: this.#checked,
      skipped: this.#skipped,
      unseenBodies: { ...this.#unseen },
      findings: [...this.#findings.values()].map((finding) => ({ ...finding })),
      dropped: this.#dropped,
    }
  }
}

/** A report as text, operation by operation. */
export function formatDriftReport(report: DriftReport): string {
  const lines = [...groupByOperation(report.findings)].flatMap(([operation, findings]) => [
    operation,
    ...findings.map(
      ({ message, kind, count }) => `  ${message} (${kind}${count > 1 ? `, ${count} times` : ''})`,
    ),
  ])
  return [...lines, ...(lines.length > 0 ? [''] : []), summaryOf(report)].join('\n')
}

function groupByOperation(findings: DriftReport['findings']): Map<string, DriftReport['findings'][number][]> {
  const groups = new Map<string, DriftReport['findings'][number][]>()
  for (const finding of findings) {
    const group = groups.get(finding.operation)
    if (group) group.push(finding)
    else groups.set(finding.operation, [finding])
  }
  return groups
}

function summaryOf({ checked, skipped, findings, dropped, unseenBodies }: DriftReport): string {
  const unseen = unseenBodies.compressed + unseenBodies['too-long']
  return [
    `${findings.length} found in ${checked} answers`,
    ...(skipped > 0 ? [`${skipped} not checked`] : []),
    ...(unseen > 0
      ? [
          `${unseen} bodies not looked at (${unseenBodies.compressed} compressed, ${unseenBodies['too-long']} too long)`,
        ]
      : []),
    ...(dropped > 0 ? [`${dropped} more findings not kept`] : []),
  ].join('; ')
}
