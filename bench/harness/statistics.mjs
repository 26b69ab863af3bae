/** A core that takes more than this many times the least that was ever seen of it is slowed. */
const SLOWED = 1.2

/** The middle of the values; of an even number, the mean of the two in the middle. */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** The lowest and the highest. */
export function spread(values) {
  return [Math.min(...values), Math.max(...values)]
}

/** Whether the pace of a core (pace.mjs) is that of one that is slowed, where `least` was seen of it. */
export function isSlower(milliseconds, least) {
  return milliseconds > least * SLOWED
}
