/**
 * A thousand requests of a test suite: through `app.inject()`, through supertest as most suites use it, and through supertest on a
 * server that listens already.
 *
 *     node bench/inject.mjs                on the node that runs this
 *     node bench/inject.mjs --rounds 9     more rounds
 *
 * All in one process, in turn, each answer checked; medians of the time of a round, and of its CPU time.
 */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import request from 'supertest'
import { readArguments } from '../scripts/arguments.mjs'
import { install } from './harness/install.mjs'
import { countOf } from './harness/options.mjs'
import { median } from './harness/statistics.mjs'
import { markdownTable } from './report/tables.mjs'

const REQUESTS = 1000

const { values: options } = readArguments(import.meta.url, { options: { rounds: { type: 'string' } } })
const rounds = countOf('rounds', options.rounds, 5)
install()
const load = createRequire(import.meta.url)
const nozomi = load('nozomi')

const app = nozomi()
app.use(nozomi.json())
app.post('/users/:id', (req, res) => res.status(201).json({ id: req.params.id, name: req.body.name }))
const server = app.listen(0)
await once(server, 'listening')

const ways = {
  'app.inject()': async (id) => {
    const answer = await app.inject({ method: 'POST', url: `/users/${id}`, body: { name: 'Ada' } })
    return [answer.status, answer.json()]
  },
  'supertest(app)': async (id) => {
    const answer = await request(app).post(`/users/${id}`).send({ name: 'Ada' })
    return [answer.status, answer.body]
  },
  'supertest(server)': async (id) => {
    const answer = await request(server).post(`/users/${id}`).send({ name: 'Ada' })
    return [answer.status, answer.body]
  },
}

const measured = new Map(Object.keys(ways).map((name) => [name, { ms: [], cpu: [] }]))
for (let round = -1; round < rounds; round++) {
  for (const [name, ask] of Object.entries(ways)) {
    const before = process.cpuUsage()
    const start = performance.now()
    for (let id = 0; id < REQUESTS; id++) {
      assert.deepEqual(await ask(id), [201, { id: String(id), name: 'Ada' }])
    }
    const ms = performance.now() - start
    const { user, system } = process.cpuUsage(before)
    // The round before the first one warms up.
    if (round < 0) continue
    measured.get(name).ms.push(ms)
    measured.get(name).cpu.push((user + system) / 1000)
  }
}
server.close()

const own = measured.get('app.inject()')
const rows = [...measured].map(([name, { ms, cpu }]) => [
  name,
  median(ms).toFixed(0),
  `${(median(ms) / median(own.ms)).toFixed(1)} x`,
  median(cpu).toFixed(0),
  `${(median(cpu) / median(own.cpu)).toFixed(1)} x`,
])
console.log(`Node ${process.versions.node}, ${rounds} rounds of ${REQUESTS} requests\n`)
console.log(markdownTable(['', 'ms', 'to inject', 'ms of CPU', 'to inject'], rows))
