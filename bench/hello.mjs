/**
 * CPU time per request for `{"hello":"world"}`: nozomi, Express 5 and bare node:http, side by side in one run.
 *
 *     node bench/hello.mjs [rounds] [path of another node]
 *
 * Each contestant runs in a process of its own, pinned to one core; wrk (Debian: `apt-get install wrk`) loads it from
 * another. Rounds are interleaved, the answer is checked before it is timed, and the median counts. Only the ratios
 * within one run mean anything.
 */
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'

const ROUNDS = Number(process.argv[2] ?? 5)
const NODE = process.argv[3] ?? process.execPath
const CONTESTANTS = ['nozomi', 'nozomi-create-server', 'express', 'node-http']
const SECONDS = 3
const CONNECTIONS = 32
const CLOCK_TICKS_PER_SECOND = 100

const results = Object.fromEntries(CONTESTANTS.map((name) => [name, []]))
for (let round = 0; round < ROUNDS; round++) {
  for (const name of CONTESTANTS) results[name].push(await measure(name))
}
report()

async function measure(name) {
  const server = fileURLToPath(new URL('./hello-server.mjs', import.meta.url))
  const child = spawn('taskset', ['-c', '0', NODE, server, name], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const port = Number(await new Promise((resolve) => child.stdout.once('data', resolve)))
    const url = `http://127.0.0.1:${port}/`
    await checkAnswer(url)
    load(url, 1)
    const before = cpuMicroseconds(child.pid)
    const requests = load(url, SECONDS)
    return { cpu: (cpuMicroseconds(child.pid) - before) / requests, perSecond: requests / SECONDS }
  } finally {
    child.kill()
  }
}

async function checkAnswer(url) {
  const answer = await fetch(url)
  const body = await answer.text()
  const fields = ['x-powered-by', 'etag', 'content-type', 'content-length'].map((field) =>
    answer.headers.get(field),
  )
  const seen = [answer.status, body, ...fields].join(' ')
  const expected = `200 {"hello":"world"} Express W/"11-IkjuL6CqqtmReFMfkkvwC0sKj04" application/json; charset=utf-8 17`
  if (seen !== expected) throw new Error(`wrong answer: ${seen}`)
}

function load(url, seconds) {
  const args = ['-c', '1', 'wrk', '-t1', `-c${CONNECTIONS}`, `-d${seconds}`, url]
  const { stdout, error } = spawnSync('taskset', args, { encoding: 'utf8' })
  if (error || /Non-2xx|Socket errors/.test(stdout)) throw new Error(`the load failed: ${error ?? stdout}`)
  return Number(/(\d+) requests in/.exec(stdout)[1])
}

function cpuMicroseconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return ((Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND) * 1e6
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}

function report() {
  const { stdout: version } = spawnSync(NODE, ['--version'], { encoding: 'utf8' })
  console.log(
    `Node ${version.trim()}, ${cpus().length} cores (${cpus()[0].model}), ${ROUNDS} rounds of ${SECONDS} s`,
  )
  console.log(
    '| | µs of CPU a request | min-max | requests a second | to node:http |\n| --- | --- | --- | --- | --- |',
  )
  const base = median(results['node-http'].map(({ cpu }) => cpu))
  for (const name of CONTESTANTS) {
    const cpu = results[name].map((result) => result.cpu)
    const spread = `${Math.min(...cpu).toFixed(1)}-${Math.max(...cpu).toFixed(1)}`
    const perSecond = Math.round(median(results[name].map((result) => result.perSecond)))
    console.log(
      `| ${name} | ${median(cpu).toFixed(1)} | ${spread} | ${perSecond} | ${(median(cpu) / base).toFixed(2)} x |`,
    )
  }
}
