/**
 * How long the type checker takes for two hundred routes with contracts, beside the same routes without types, and beside the same schemas
 * read by hand: user time of the whole command, the median of fifteen runs, rounds interleaved.
 *
 *     node packages/schema/bench/types.mjs
 *
 * Build the tests first: the texts are theirs.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { routesText } from '../build/test/types/two-hundred-routes.mjs'

const KINDS = ['untyped', 'by hand', 'typed', 'chained']
const ROUNDS = 15
const require = createRequire(import.meta.url)
const compiler = join(dirname(require.resolve('../../../node_modules/typescript/package.json')), 'bin/tsc')
const folder = mkdtempSync(fileURLToPath(new URL('../build/types-', import.meta.url)))
const compilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  module: 'nodenext',
  target: 'es2023',
  types: ['node'],
}

const runs = new Map(KINDS.map((kind) => [kind, []]))
for (const [i, kind] of KINDS.entries()) {
  writeFileSync(join(folder, `routes-${i}.mts`), routesText(kind))
  writeFileSync(
    join(folder, `tsconfig-${i}.json`),
    JSON.stringify({ compilerOptions, files: [`routes-${i}.mts`] }),
  )
}
for (let round = 0; round < ROUNDS; round++) {
  for (const [i, kind] of KINDS.entries()) runs.get(kind).push(secondsOf(i))
}
rmSync(folder, { recursive: true })
const median = (kind) => runs.get(kind).toSorted((a, b) => a - b)[ROUNDS >> 1]
for (const kind of KINDS) {
  const ratio = (median(kind) / median('untyped')).toFixed(2)
  console.log(`${kind.padEnd(8)} ${median(kind).toFixed(2)} s, ${ratio} x untyped`)
}

/** User time of one check, in seconds, as the shell takes it: the compiler is a process of a process. */
function secondsOf(i) {
  const project = join(folder, `tsconfig-${i}.json`)
  const command = `TIMEFORMAT=%U; time "${process.execPath}" "${compiler}" -p "${project}" --singleThreaded`
  const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' })
  if (stdout.includes('error')) throw new Error(stdout)
  return Number(stderr.trim().split('\n').at(-1))
}
