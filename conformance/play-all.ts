import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { chosenCarriers } from './harness/carrier-names.js'

const SCENARIOS = join(import.meta.dirname, 'scenarios')

/** Declares all scenarios in this process, for those of the carriers that were chosen. Each of their files can be run alone as well. */
export async function playAll(carriers: readonly string[]): Promise<void> {
  const chosen = chosenCarriers().filter((name) => carriers.includes(name))
  if (chosen.length === 0) return
  process.env['CONFORMANCE_CARRIERS'] = chosen.join(',')
  const files = (await readdir(SCENARIOS, { recursive: true })).filter((file) => file.endsWith('.js'))
  for (const file of files.toSorted())
    await import(`./${relative(import.meta.dirname, join(SCENARIOS, file))}`)
}
