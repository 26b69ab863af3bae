import { CONTESTANTS } from '../contestants/contestants.mjs'
import { SCENARIOS } from '../scenarios/scenarios.mjs'

/** The scenarios with one of the words in their names; the one that is named exactly; all when there is no word. */
export function chooseScenarios(words) {
  if (words.length === 0) return SCENARIOS
  const chosen = new Set(
    words.flatMap((word) => {
      const found = SCENARIOS.filter(({ name }) => name === word)
      return found.length > 0 ? found : matching(word)
    }),
  )
  return SCENARIOS.filter((scenario) => chosen.has(scenario))
}

function matching(word) {
  const found = SCENARIOS.filter(({ name }) => name.includes(word))
  if (found.length === 0) {
    fail(`no scenario has "${word}" in its name; there are ${SCENARIOS.map(({ name }) => name).join(', ')}`)
  }
  return found
}

/** The contestants that a list with commas names, in their own order; all when there is none. */
export function chooseContestants(list) {
  const names = Object.keys(CONTESTANTS)
  if (list === undefined) return names
  const wanted = list.split(',')
  const unknown = wanted.filter((name) => !names.includes(name))
  if (unknown.length > 0) fail(`--only: no contestant ${unknown.join(', ')}; there are ${names.join(', ')}`)
  return names.filter((name) => wanted.includes(name))
}

/** Ends the process with what is wrong with its arguments. */
export function fail(message) {
  console.error(message)
  process.exit(2)
}

/** The number that an option gives, or what it is without. */
export function countOf(name, value, otherwise) {
  if (value === undefined) return otherwise
  if (!/^[1-9]\d*$/.test(value)) fail(`--${name}: ${value} is no whole number above 0`)
  return Number(value)
}
