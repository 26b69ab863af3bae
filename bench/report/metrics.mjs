import { isSlower, median, spread } from '../harness/statistics.mjs'

/**
 * What is measured, and how it is written. The first of a measure is what contestants are compared by; lower is
 * better. `unit` divides the raw value.
 */
const METRICS = {
  load: [
    { key: 'cpu', title: 'CPU a request, µs', unit: 1, hasSpread: true },
    { key: 'perSecond', title: 'requests a second', unit: 1 },
    { key: 'peakMemory', title: 'peak memory, MB', unit: 2 ** 20 },
  ],
  idle: [
    { key: 'resident', title: 'resident memory, bytes a connection', unit: 1, hasSpread: true },
    { key: 'heap', title: 'heap, bytes a connection', unit: 1 },
  ],
  'start-up': [
    { key: 'listening', title: 'to listening, ms', unit: 1, hasSpread: true },
    { key: 'answering', title: 'to the first answer, ms', unit: 1 },
    { key: 'resident', title: 'resident memory, MB', unit: 2 ** 20 },
  ],
}

export function metricsOf(scenario) {
  return METRICS[scenario.measure]
}

/** A server under load that runs less than this share of the time was kept from it. */
const LEAST_BUSY = 0.7

/**
 * The least share of the time in which a contestant ran under load; null when it was enough in all rounds. Otherwise
 * the machine was busy with something else, and the figures are not to be trusted.
 */
export function starvedShareOf(result, contestant) {
  const least = Math.min(...valuesOf(result, contestant, 'busy'))
  return least < LEAST_BUSY ? least : null
}

/** The median of one metric of a contestant; undefined where it was not measured. */
export function middleOf(result, contestant, { key, unit }) {
  const values = valuesOf(result, contestant, key)
  return values.length === 0 ? undefined : median(values) / unit
}

export function spreadOf(result, contestant, { key, unit }) {
  return spread(valuesOf(result, contestant, key)).map((value) => value / unit)
}

export function valuesOf(result, contestant, key) {
  return valuesByRound(result, contestant, key).filter((value) => value !== null)
}

/** One value for each round; null for one that does not count, as those in which the core was slowed where there are others. */
export function valuesByRound(result, contestant, key) {
  const all = result.contestants[contestant] ?? []
  const hasNoOther = isAlwaysSlowed(result, contestant)
  const least = leastPaceOf(result)
  return all.map(({ pace, [key]: value }) => {
    const counts = hasNoOther || pace === undefined || !isSlower(pace, least)
    return counts && Number.isFinite(value) ? value : null
  })
}

/** Whether the core was slowed in all rounds of a contestant, which had its full speed for others. */
export function isAlwaysSlowed(result, contestant) {
  const paces = pacesOf(result.contestants[contestant] ?? [])
  const least = leastPaceOf(result)
  return paces.length > 0 && paces.every((pace) => isSlower(pace, least))
}

function leastPaceOf(result) {
  return Math.min(...pacesOf(Object.values(result.contestants).flat()))
}

function pacesOf(measurements) {
  return measurements.map(({ pace }) => pace).filter((pace) => pace !== undefined)
}

/** Three digits that count; no more are ever meant. */
export function written(value) {
  if (value === undefined) return '-'
  if (value >= 100) return Math.round(value).toLocaleString('en')
  return value.toFixed(value >= 10 ? 1 : 2)
}
