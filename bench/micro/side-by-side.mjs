/**
 * Times functions side by side in one run: rounds interleaved, medians, ratios to the first. The answers are compared
 * before anything is timed.
 */
export async function sideBySide(title, contestants, { rounds = 9, calls = 2000 } = {}) {
  const names = Object.keys(contestants)
  const [reference, ...others] = await Promise.all(
    names.map(async (name) => JSON.stringify(await contestants[name]())),
  )
  if (others.some((answer) => answer !== reference)) throw new Error(`${title}: the answers differ`)
  const times = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const name of names) times[name].push(await timeCalls(contestants[name], calls))
  }
  const median = (name) => times[name].toSorted((a, b) => a - b)[Math.floor(rounds / 2)]
  console.log(`${title} (Node ${process.versions.node}, µs of CPU a call)`)
  for (const name of names) {
    console.log(
      `  ${name.padEnd(14)} ${median(name).toFixed(2).padStart(9)}   ${(median(name) / median(names[0])).toFixed(2)} x`,
    )
  }
}

async function timeCalls(call, calls) {
  const before = process.cpuUsage()
  for (let i = 0; i < calls; i++) await call()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / calls
}
