import type { Case } from './case.mjs'

/*
 * The smallest case that still fails: pieces are left out, large ones first, as long as the rest fails too; then cuts.
 */

export async function shrink(failing: Case, fails: (smaller: Case) => Promise<boolean>): Promise<Case> {
  let smallest = failing
  if (await fails({ stream: failing.stream, cuts: [] })) smallest = { stream: failing.stream, cuts: [] }
  for (let size = smallest.stream.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < smallest.stream.length; ) {
      const smaller = without(smallest, at, size)
      if (await fails(smaller)) smallest = smaller
      else at += size
    }
  }
  for (const cut of smallest.cuts) {
    const smaller = { stream: smallest.stream, cuts: smallest.cuts.filter((other) => other !== cut) }
    if (await fails(smaller)) smallest = smaller
  }
  return smallest
}

function without({ stream, cuts }: Case, at: number, size: number): Case {
  const rest = stream.slice(0, at) + stream.slice(at + size)
  const moved = cuts.map((cut) => (cut <= at ? cut : Math.max(at, cut - size)))
  return { stream: rest, cuts: [...new Set(moved)].filter((cut) => cut > 0 && cut < rest.length) }
}
