import { faultsOf } from './answers.mjs'
import { ContestantProcess } from './contestant-process.mjs'
import { exchange, prepareRequests } from './exchange.mjs'
import { load } from './load.mjs'
import { median } from './statistics.mjs'

/*
 * One contestant under load, in a fresh process: what the compiler of V8 makes of it differs from process to process,
 * and belongs to the spread.
 *
 * CPU time is what process.cpuUsage() says, asked before and after the load: it is the kernel's count for all threads,
 * ended ones too, in microseconds. /proc/<pid>/stat has the same count in ticks of 10 ms, which is 1 % of a second.
 */

/**
 * The first requests come one at a time. V8 decides once for each literal, by the first hundred or so objects of it that a collection
 * finds, whether they live long; then it puts them among the old for good. Found in the middle of a first burst, all are alive, and those of
 * `ee-first` hold a whole request each: the process then copies a third of what it allocates, and not a twentieth.
 */
const ONE_BY_ONE_SECONDS = 1
/** A second of load that is less than this much cheaper than the one before it ends the warm-up. */
const SETTLED = 0.95
const SETTLING_SECONDS = 2

/** So many times as many seconds as are to be counted are tried, where the core is slowed. */
const TRIES = 3
/** So long is waited for a core that is slowed, in one measurement. */
const PATIENCE_MS = 15_000

/**
 * @returns {Promise<{ cpu: number, perSecond: number, busy: number, pace: number, peakMemory: number | null }>} `cpu` in µs a request;
 *   `busy` is the share of the time in which the server ran: under load that is nearly 1, unless something else had
 *   its core; `pace` is how fast the core was (pace.mjs)
 */
export async function measureLoad({ node, contestant, scenario, seconds, warmUpSeconds, pace, quick }) {
  const server = await ContestantProcess.start({ node, contestant, scenario })
  try {
    const requests = await prepareRequests(scenario, server.port)
    // Twice: Hono builds its router for the first, and V8 compiles the router's regular expression for the second; with
    // 10,000 routes each takes seconds, and the load would time out.
    await assertAnswer(server.port, requests[0])
    await assertAnswer(server.port, requests[0])
    await warmUp(server, requests, warmUpSeconds)
    const counted = await countSeconds({ server, requests, seconds, pace, tries: quick ? 1 : TRIES })
    for (const { bytesEach } of counted) await assertSize(server.port, requests[0], bytesEach)
    const middleOf = (key) => median(counted.map((second) => second[key]))
    return {
      cpu: middleOf('cpu'),
      perSecond: middleOf('perSecond'),
      busy: middleOf('busy'),
      pace: middleOf('pace'),
      peakMemory: server.peakMemory(),
    }
  } finally {
    await server.stop()
  }
}

/**
 * Loads until it gets no faster, but not for ever. A fixed time would favour the fast: they answer more requests in
 * it, and V8 counts calls, not seconds.
 */
async function warmUp(server, requests, mostSeconds) {
  await load({ port: server.port, requests, seconds: ONE_BY_ONE_SECONDS, connections: 1 })
  let before = Infinity
  for (let second = 1; second <= mostSeconds; second++) {
    const { cpu } = await loadAndCount(server, requests, 1)
    if (second >= SETTLING_SECONDS && cpu > before * SETTLED) return
    before = cpu
  }
}

/**
 * Each second by itself: those in which the core was slowed do not count, where there are others. Of the rest the middle does not hear of
 * a dear one, as their mean would.
 */
async function countSeconds({ server, requests, seconds, pace, tries }) {
  const counted = []
  const patientUntil = performance.now() + (tries === 1 ? 0 : PATIENCE_MS)
  const calm = () => counted.filter((second) => !pace.isSlowed(second.pace))
  while (calm().length < seconds && counted.length < seconds * tries) {
    const before = await pace.settle(patientUntil - performance.now())
    const second = await loadAndCount(server, requests, 1)
    counted.push({ ...second, pace: Math.max(before, await pace.measure()) })
  }
  return calm().length > 0 ? calm() : counted
}

async function loadAndCount(server, requests, seconds) {
  const before = await server.ask('cpu')
  const answered = await load({ port: server.port, requests, seconds })
  const used = (await server.ask('cpu')) - before
  return {
    cpu: used / answered.requests,
    perSecond: answered.requests / answered.seconds,
    busy: used / 1e6 / answered.seconds,
    bytesEach: answered.bytes / answered.requests,
  }
}

async function assertAnswer(port, request) {
  const faults = faultsOf(await exchange(port, request), request.expect)
  if (faults.length > 0) throw new Error(`wrong answer: ${faults.join('; ')}`)
}

/** The answers under load must be as long as one that was looked at: at least its body, give or take a cut at the end. */
async function assertSize(port, request, bytesEach) {
  const { body } = await exchange(port, request)
  if (bytesEach < body.length * 0.9) {
    throw new Error(`${Math.round(bytesEach)} bytes an answer under load, where the body has ${body.length}`)
  }
}
