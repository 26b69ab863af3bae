/**
 * Two lists of lines side by side, aligned along their longest common subsequence; lines that differ are marked `≠`,
 * lines that one side lacks `‹` or `›`. Long runs of equal lines are folded.
 */
export function sideBySide(
  left: readonly string[],
  right: readonly string[],
  names: [string, string],
): string {
  const rows = align(left, right)
  const near = rows.map((_, at) => rows.slice(Math.max(0, at - 3), at + 4).some(([a, b]) => a !== b))
  const printed: string[] = [row(names[0], ' ', names[1]), row('─'.repeat(width), '─', '─'.repeat(width))]
  rows.forEach(([a, b], at) => {
    if (near[at]) printed.push(...printRow(a, b))
    else if (near[at - 1] || at === 0) printed.push(row('⋮', ' ', '⋮'))
  })
  return printed.join('\n')
}

const width = 78

type Row = [string | null, string | null]

/** What stands between two equal lines is put side by side: usually it is the same line, changed. */
function align(left: readonly string[], right: readonly string[]): Row[] {
  const lengths = commonLengths(left, right)
  const rows: Row[] = []
  let [a, b, doneA, doneB] = [0, 0, 0, 0]
  const flush = () => {
    const [lefts, rights] = [left.slice(doneA, a), right.slice(doneB, b)]
    const count = Math.max(lefts.length, rights.length)
    for (let at = 0; at < count; at++) rows.push([lefts[at] ?? null, rights[at] ?? null])
  }
  while (a < left.length || b < right.length) {
    if (a < left.length && left[a] === right[b]) {
      flush()
      rows.push([left[a] ?? null, right[b] ?? null])
      doneA = ++a
      doneB = ++b
    } else if (b >= right.length || (a < left.length && at(lengths, a + 1, b) >= at(lengths, a, b + 1))) a++
    else b++
  }
  flush()
  return rows
}

function commonLengths(left: readonly string[], right: readonly string[]): number[][] {
  const table = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0))
  for (let a = left.length - 1; a >= 0; a--) {
    for (let b = right.length - 1; b >= 0; b--) {
      const longest =
        left[a] === right[b]
          ? at(table, a + 1, b + 1) + 1
          : Math.max(at(table, a + 1, b), at(table, a, b + 1))
      table[a]?.splice(b, 1, longest)
    }
  }
  return table
}

function at(table: readonly number[][], a: number, b: number): number {
  return table[a]?.[b] ?? 0
}

function printRow(a: string | null, b: string | null): string[] {
  const mark = a === b ? ' ' : b === null ? '‹' : a === null ? '›' : '≠'
  const [lefts, rights] = [fold(a ?? ''), fold(b ?? '')]
  const count = Math.max(lefts.length, rights.length)
  return Array.from({ length: count }, (_, at) => row(lefts[at] ?? '', mark, rights[at] ?? ''))
}

function fold(line: string): string[] {
  const pieces = line.match(new RegExp(`.{1,${width}}`, 'gu'))
  return pieces ?? ['']
}

function row(a: string, mark: string, b: string): string {
  return `${a.padEnd(width)} ${mark} ${b}`.trimEnd()
}
