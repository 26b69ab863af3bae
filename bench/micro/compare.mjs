import { bench, group, run, summary } from 'mitata'

/**
 * Takes functions that do the same for a comparison. What they return is compared first: a function that is fast and
 * wrong is an error.
 *
 * @param {string} title
 * @param {Record<string, () => unknown>} contestants by name; what they return may be a promise
 */
export async function compare(title, contestants) {
  const names = Object.keys(contestants)
  const [first, ...others] = await Promise.all(
    names.map(async (name) => JSON.stringify(await contestants[name]())),
  )
  const wrong = others.find((answer) => answer !== first)
  if (first === undefined || wrong !== undefined) {
    throw new Error(
      `${title}: ${names.join(', ')} must give the same, and something; seen: ${first} and ${wrong}`,
    )
  }
  group(title, () => {
    summary(() => {
      for (const name of names) bench(name, contestants[name])
    })
  })
}

/** Measures all comparisons that were taken, and prints them. */
export async function measure() {
  await run({ colors: process.stdout.isTTY === true })
}
