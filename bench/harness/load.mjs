import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CACHE } from './install.mjs'
import { LOAD_CORE, pinned } from './pinning.mjs'
import { wrkScript } from './wrk-script.mjs'

const CONNECTIONS = 32
const AUTOCANNON = fileURLToPath(new URL('autocannon-load.mjs', import.meta.url))
const hasWrk = !spawnSync('wrk', ['-v']).error

/** Who makes the load: wrk when there is one, since autocannon reaches its own limit before a fast server does. */
export const LOAD_GENERATOR = hasWrk ? 'wrk' : 'autocannon'

/**
 * Sends the requests, in turn, over 32 connections, or as many as are named, for so many seconds.
 *
 * @returns {Promise<{ requests: number, seconds: number, bytes: number }>} what was answered in that time
 * @throws when a connection broke, or an answer had another kind of status than was expected
 */
export async function load({ port, requests, seconds, connections = CONNECTIONS }) {
  const counted = await (hasWrk ? loadByWrk : loadByAutocannon)({ port, requests, seconds, connections })
  const isRefused = requests[0].expect.status >= 400
  if (counted.broken > 0) throw new Error(`${counted.broken} connections or requests failed under load`)
  if (counted.refused !== (isRefused ? counted.requests : 0)) {
    throw new Error(`${counted.refused} of ${counted.requests} answers under load had a status above 399`)
  }
  if (counted.requests === 0) throw new Error('nothing was answered under load')
  return { requests: counted.requests, seconds: counted.microseconds / 1e6, bytes: counted.bytes }
}

async function loadByWrk({ port, requests, seconds, connections }) {
  const folder = join(CACHE, 'wrk')
  mkdirSync(folder, { recursive: true })
  const script = join(folder, `${port}.lua`)
  writeFileSync(script, wrkScript(requests))
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '20s', '-s', script]
  try {
    return await lastLineOf(['wrk', ...args, `http://127.0.0.1:${port}`])
  } finally {
    rmSync(script)
  }
}

function loadByAutocannon(plan) {
  return lastLineOf([process.execPath, AUTOCANNON], JSON.stringify(plan))
}

/** Runs a command on the core of the load generator; gives the JSON on its last line. */
async function lastLineOf(command, input = '') {
  const [name, ...args] = pinned(LOAD_CORE, command)
  const child = spawn(name, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  let output = ''
  let complaints = ''
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text) => (complaints += text))
  child.stdin.end(input)
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  const line = output.trimEnd().split('\n').at(-1)
  if (code !== 0 || !line.startsWith('{'))
    throw new Error(`the load failed (${code}): ${output}${complaints}`)
  return JSON.parse(line)
}
