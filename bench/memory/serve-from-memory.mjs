/**
 * One contestant, asked from memory: `node serve-from-memory.mjs CONTESTANT SCENARIO` prints the microseconds of CPU that a
 * request takes, of all threads, user and system.
 */
import { startApplication } from '../contestants/contestants.mjs'
import { prepareRequests } from '../harness/exchange.mjs'
import { SCENARIOS } from '../scenarios/scenarios.mjs'
import { MemoryConnection } from './memory-connection.mjs'

/** One at a time at first, for the reason that measure-load.mjs gives. */
const ONE_BY_ONE_REQUESTS = 1000
/** Until V8 has compiled what is hot. */
const WARM_UP_MS = Number(process.env.BENCH_WARM_UP_MS ?? 1500)
const MEASURED_MS = 1500
/** So many at once, each on a connection of its own, as under load. */
const CONNECTIONS = 32

const [, , contestant, name] = process.argv
const scenario = SCENARIOS.find((candidate) => candidate.name === name)
const server = await startApplication(contestant, scenario.application, scenario.options)
const requests = (await prepareRequests(scenario, server.address().port)).map((request) => ({
  bytes: bytesOf(request),
  status: request.expect.status,
}))
const connections = Array.from({ length: CONNECTIONS }, () => new MemoryConnection(server))

for (let turn = 0; turn < ONE_BY_ONE_REQUESTS; turn++) await ask(connections[0], turn)
await askFor(WARM_UP_MS)
const before = process.cpuUsage()
const count = await askFor(MEASURED_MS)
const { user, system } = process.cpuUsage(before)
process.stdout.write(`${(user + system) / count}\n`)
process.exit()

/** Asks on all connections for some time; gives the number of answers. */
async function askFor(milliseconds) {
  const end = performance.now() + milliseconds
  const counts = await Promise.all(
    connections.map(async (connection, index) => {
      let turn = index
      let answered = 0
      while (performance.now() < end) {
        await ask(connection, turn++)
        answered++
      }
      return answered
    }),
  )
  return counts.reduce((sum, each) => sum + each, 0)
}

async function ask(connection, turn) {
  const { bytes, status } = requests[turn % requests.length]
  const answer = await connection.ask(bytes)
  if (answer !== status) throw new Error(`answered ${answer}, and not ${status}`)
}

function bytesOf({ method, path, fields = {}, body }) {
  const all = { Host: '127.0.0.1', ...fields }
  if (body !== undefined) all['Content-Length'] = Buffer.byteLength(body)
  const lines = Object.entries(all).map(([field, value]) => `${field}: ${value}\r\n`)
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`)
}
