import { after } from 'node:test'
import { subjectName } from './subject.js'

/** Counts the scenarios of this process and prints one line when all have run. */

interface Tally {
  name: string
  difference: string | undefined
  /** How many carriers it is still to pass on. */
  open: number
}

const tallies: Tally[] = []

/** @param carriers on how many carriers the scenario runs */
export function count(name: string, difference: string | undefined, carriers: number) {
  if (tallies.length === 0) after(print)
  if (tallies.some((tally) => tally.name === name)) throw new Error(`two scenarios are named "${name}"`)
  const tally: Tally = { name, difference, open: carriers }
  tallies.push(tally)
  return { passed: () => void tally.open-- }
}

/** The differences that scenarios state, for the test that each entry of the list is stated. */
export function statedDifferences(): Set<string> {
  return new Set(tallies.flatMap(({ difference }) => difference ?? []))
}

function print(): void {
  const passed = tallies.filter(({ open }) => open === 0)
  const known = passed.filter(({ difference }) => difference !== undefined).length
  const equal = passed.length - known
  const unequal = tallies.length - passed.length
  // To stderr: on Node 20 the runner confuses text on stdout with the stream of its own results.
  process.stderr.write(
    `conformance of ${subjectName}: ${tallies.length} scenarios, ${equal} equal, ` +
      `${known} known differences, ${unequal} unequal\n`,
  )
}
