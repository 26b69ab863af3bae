import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CACHE } from './install.mjs'

/**
 * @typedef {object} Result all that was measured of one scenario on one version of node
 * @property {string} scenario
 * @property {string} node its version
 * @property {number} seconds of each measurement
 * @property {string} finishedAt
 * @property {object} environment machine, versions, commit (environment.mjs)
 * @property {Record<string, object[]>} contestants their measurements, one a round
 */

const FOLDER = join(CACHE, 'results')

/** Keeps a result in place of an older one of the same scenario and major version. */
export function saveResult(result) {
  const folder = join(FOLDER, `node-${result.node.split('.')[0]}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${result.scenario}.json`), `${JSON.stringify(result, null, 1)}\n`)
}

/** All results that were kept, by the major version of node. @returns {Map<number, Map<string, Result>>} */
export function readResults() {
  const folders = existsSync(FOLDER) ? readdirSync(FOLDER) : []
  return new Map(
    folders
      .map((name) => [Number(name.replace('node-', '')), readFolder(join(FOLDER, name))])
      .toSorted(([a], [b]) => a - b),
  )
}

function readFolder(folder) {
  const results = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
  return new Map(results.map((result) => [result.scenario, result]))
}
