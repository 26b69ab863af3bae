/*
 * Contestants are measured in slices, one slice of each in turn, and the end of the fastest tenth of the slices is what counts: other
 * programs of the machine make slices slower, and none makes them faster.
 */

/** @param slices what runs a slice of a contestant, by its name, and gives the microseconds of one call */
export async function measure(slices, rounds) {
  const times = Object.fromEntries(Object.keys(slices).map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(slices)) times[name].push(await run())
  }
  // The first quarter is for the engine to warm up.
  return Object.fromEntries(
    Object.entries(times).map(([name, all]) => [name, decile(all.slice(rounds >> 2))]),
  )
}

function decile(values) {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 10)]
}

/** A slice of so many calls. */
export function calls(run, count) {
  return () => {
    const start = process.hrtime.bigint()
    for (let call = 0; call < count; call++) run()
    return Number(process.hrtime.bigint() - start) / count / 1000
  }
}
