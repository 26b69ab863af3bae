/** Longer texts are no typing errors of one another. */
const LONGEST = 64

/**
 * How many letters are to be typed, left out, changed or swapped with their neighbour to make one text of the other; `limit + 1`
 * when it is more than the limit.
 */
export function editDistance(a: string, b: string, limit: number): number {
  const tooFar = limit + 1
  if (a === b) return 0
  if (Math.abs(a.length - b.length) > limit || Math.max(a.length, b.length) > LONGEST) return tooFar
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + change)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (isSwap) cost = Math.min(cost, at(beforeLast, j - 2) + 1)
      row.push(cost)
    }
    if (Math.min(...row) > limit) return tooFar
    beforeLast = last
    last = row
  }
  return Math.min(at(last, b.length), tooFar)
}

function at(row: readonly number[], index: number): number {
  return row[index] as number
}

/** How many errors a word of a length may have and still be meant. */
export function mostErrors(length: number): number {
  if (length < 2) return 0
  return length < 4 ? 1 : 2
}
