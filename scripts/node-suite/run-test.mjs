import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { adaptations } from './adapted.mjs'

const PRELOAD = fileURLToPath(new URL('../turbo-preload.cjs', import.meta.url))
/** Most take less than a second; some wait for time-outs of node's that can't be set. */
const LIMIT_MS = 30_000
const MAX_OUTPUT = 4_000

/**
 * Runs one of node's tests in a process of its own: `{ passed, skipped, servers, timedOut, output }`, where `servers`
 * says how many servers it and its children made.
 */
export async function runTest(root, test, server, slot) {
  const folder = mkdtempSync(join(tmpdir(), 'node-suite-'))
  mkdirSync(join(folder, 'tmp'))
  const file = test in adaptations ? adapt(root, test, folder) : join(root, 'test', test)
  const log = join(folder, 'servers')
  const child = spawn(process.execPath, [...wantedFlags(readFileSync(file, 'utf8')), file], {
    cwd: root,
    // Its children are ended with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: `--require ${PRELOAD}`,
      NODE_TEST_DIR: join(folder, 'tmp'),
      TEST_THREAD_ID: String(slot + 1),
      PRELOAD_SERVER: server,
      PRELOAD_LOG: log,
      ...wantedEnvironment(readFileSync(file, 'utf8')),
    },
  })
  let output = ''
  const keep = (chunk) => {
    output = (output + chunk).slice(-MAX_OUTPUT)
  }
  let first = ''
  child.stdout.on('data', (chunk) => {
    first ||= String(chunk)
    keep(chunk)
  })
  child.stderr.on('data', keep)
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    endGroup(child.pid)
  }, LIMIT_MS)
  const code = await new Promise((resolve) => {
    child.on('exit', resolve)
  })
  clearTimeout(timer)
  endGroup(child.pid)
  const servers = existsSync(log) ? readFileSync(log, 'utf8').split('\n').length - 1 : 0
  rmSync(folder, { recursive: true, force: true })
  return {
    passed: code === 0,
    skipped: code === 0 && first.startsWith('1..0 # Skipped'),
    servers,
    timedOut,
    output,
  }
}

/** A copy of the test that sends what may be sent, beside links to all that it may load. */
function adapt(root, test, folder) {
  const home = join(folder, 'test', dirname(test))
  mkdirSync(home, { recursive: true })
  for (const name of readdirSync(join(root, 'test'))) {
    if (name !== dirname(test)) symlinkSync(join(root, 'test', name), join(folder, 'test', name))
  }
  let source = readFileSync(join(root, 'test', test), 'utf8')
  for (const [from, to] of adaptations[test]) {
    if (!source.includes(from)) throw new Error(`${test} has no ${JSON.stringify(from)} to be replaced`)
    source = source.replaceAll(from, to)
  }
  const file = join(home, basename(test))
  writeFileSync(file, source)
  return file
}

function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nothing of the group lives.
  }
}

/** Tests say in a comment at their top which flags node is to be started with. */
function wantedFlags(source) {
  return /^\/\/ Flags:[ \t]+(--.*)$/m.exec(source)?.[1].split(/\s+/).filter(Boolean) ?? []
}

function wantedEnvironment(source) {
  const pairs = /^\/\/ Env:[ \t]+(\S.*)$/m.exec(source)?.[1].split(/\s+/) ?? []
  return Object.fromEntries(pairs.map((pair) => pair.split('=')))
}
