import { runCases } from './run.mjs'

/*
 * The long run: `node long.mjs [cases] [first seed]`, 1,000,000 from seed 1,000,000 on by default. Ends with exit code 1
 * at the first unexplained difference, with its seed and its smallest stream.
 */

const [cases = 1_000_000, firstSeed = 1_000_000] = process.argv.slice(2).map(countOf)
const started = Date.now()

try {
  const { equal, known } = await runCases(firstSeed, cases, {
    onBatch(done) {
      if (done % 100_000 === 0) console.log(`${done} cases`)
    },
  })
  const seconds = Math.round((Date.now() - started) / 1000)
  console.log(
    `node ${process.version}: ${cases} cases from seed ${firstSeed} in ${seconds} s, none unexplained`,
  )
  console.log(`equal: ${equal}`)
  for (const [name, count] of [...known].toSorted((a, b) => b[1] - a[1])) console.log(`${name}: ${count}`)
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

function countOf(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  console.error(`usage: node long.mjs [cases] [first seed]; ${JSON.stringify(text)} is no number`)
  process.exit(2)
}
