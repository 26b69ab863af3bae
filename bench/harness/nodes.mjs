import { spawnSync } from 'node:child_process'
import { installNode } from './install.mjs'
import { fail } from './options.mjs'

/** @typedef {{ binary: string, version: string, major: number }} NodeBinary */

/**
 * The binaries to measure on: those of the major versions in `versions`, and those at the paths in `paths`; the one
 * that runs us when neither names any.
 *
 * @returns {NodeBinary[]}
 */
export function chooseNodes(versions, paths) {
  const majors = versions?.split(',') ?? []
  const wrong = majors.filter((major) => !/^\d+$/.test(major))
  if (wrong.length > 0) fail(`--node: ${wrong.join(', ')} is no major version; write --node 20,24`)
  const binaries = [...majors.map(installNode), ...(paths?.split(',') ?? [])]
  return (binaries.length > 0 ? binaries : [process.execPath]).map(describe)
}

function describe(binary) {
  const { stdout, error, status } = spawnSync(binary, ['--version'], { encoding: 'utf8' })
  const version = /^v(\d+)\.\S+$/m.exec(stdout ?? '')
  if (status !== 0 || !version)
    fail(`${binary} is no node that runs here${error ? `: ${error.message}` : ''}`)
  return { binary, version: version[0].slice(1), major: Number(version[1]) }
}
