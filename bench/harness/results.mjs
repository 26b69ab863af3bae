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

const PUBLISHED = new URL('../results/', import.meta.url)

/**
 * Puts results where they are part of the repository, one file for each major version of node, each in place of an earlier one of its
 * scenario: the page can be made again from them.
 *
 * @param {Map<number, Map<string, Result>>} resultsByNode
 */
export function publishResults(resultsByNode) {
  mkdirSync(PUBLISHED, { recursive: true })
  const earlier = readPublished()
  for (const [major, results] of resultsByNode) {
    const all = new Map([...(earlier.get(major) ?? []), ...results])
    const text = JSON.stringify(
      [...all.values()].toSorted((a, b) => (a.scenario < b.scenario ? -1 : 1)),
      rounded,
      1,
    )
    writeFileSync(new URL(`node-${major}.json`, PUBLISHED), `${text}\n`)
  }
}

/** Those that are part of the repository, by the major version of node. */
export function readPublished() {
  const names = existsSync(PUBLISHED) ? readdirSync(PUBLISHED) : []
  const byNode = names.map((name) => {
    const results = JSON.parse(readFileSync(new URL(name, PUBLISHED), 'utf8'))
    return [Number(/\d+/.exec(name)[0]), new Map(results.map((result) => [result.scenario, result]))]
  })
  return new Map(byNode.toSorted(([a], [b]) => a - b))
}

/** No figure has more than four digits that count. */
function rounded(_key, value) {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value
}

function readFolder(folder) {
  const results = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
  return new Map(results.map((result) => [result.scenario, result]))
}
