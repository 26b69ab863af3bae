/*
 * Results of several machines on one page: a scenario that is measured anew is seldom measured on the same one. Every ratio is of one
 * scenario, or of two on one machine; whatever else stands side by side is marked.
 */

/**
 * The machines that results are from; first the one that most of them are from.
 *
 * @param {Map<string, import('../harness/results.mjs').Result>} results
 * @returns {{ machine: object, results: import('../harness/results.mjs').Result[] }[]}
 */
export function machinesOf(results) {
  const groups = new Map()
  for (const result of results.values()) {
    groups.set(keyOf(result), [...(groups.get(keyOf(result)) ?? []), result])
  }
  return [...groups.values()]
    .toSorted((a, b) => b.length - a.length)
    .map((group) => ({ machine: group[0].environment.machine, results: group }))
}

/** What stands behind the name of a scenario that was measured on another machine than most. */
export function markOf(results, scenario) {
  const result = results.get(scenario)
  if (result === undefined) return ''
  const [, ...others] = machinesOf(results)
  const other = others.find((one) => one.results.includes(result))
  return other === undefined ? '' : ` (on ${nameOfMachine(other.machine)})`
}

/** By its processor: `Intel Xeon`, `AMD EPYC`. */
export function nameOfMachine({ processor }) {
  return processor
    .replace(/\((?:R|TM)\)/g, '')
    .replace(/ Processor.*| CPU.*/, '')
    .trim()
}

export function areOfOneMachine(one, other) {
  return keyOf(one) === keyOf(other)
}

function keyOf({ environment }) {
  return JSON.stringify(environment.machine)
}
