import { faultsOf } from '../harness/answers.mjs'
import { exchange } from '../harness/exchange.mjs'
import { load } from '../harness/load.mjs'
import { prepareCalls } from './calls.mjs'
import { ShopProcess } from './shop-process.mjs'

const FRAMEWORKS = ['express', 'nozomi']

/**
 * Measures both in turn, each round in fresh processes and the other one first.
 *
 * @returns {Promise<{ title: string, cpu: { express: number[], nozomi: number[] } }[]>} in µs a request, one a round
 */
export async function measureShops({ node, rounds, seconds, warmUpSeconds, databaseUrl }) {
  const calls = new Map()
  for (let round = 0; round < rounds; round++) {
    const bodies = new Map()
    for (const framework of round % 2 === 0 ? FRAMEWORKS : FRAMEWORKS.toReversed()) {
      const shop = await ShopProcess.start({ node, framework, databaseUrl })
      try {
        for (const call of await prepareCalls(shop)) {
          await check(shop, call, bodies)
          await load({ port: shop.port, requests: call.requests, seconds: warmUpSeconds })
          const cpu = await cpuOf(shop, call, seconds)
          if (!calls.has(call.title)) calls.set(call.title, { express: [], nozomi: [] })
          calls.get(call.title)[framework].push(cpu)
          console.error(`round ${round + 1}, ${call.title}: ${framework} ${Math.round(cpu)} µs`)
        }
      } finally {
        await shop.stop()
      }
    }
  }
  return [...calls].map(([title, cpu]) => ({ title, cpu }))
}

/** An answer that is wrong, or that is not the same on both, is an error. */
async function check(shop, call, bodies) {
  const [request] = call.requests
  const fields = request.numbered
    ? { ...request.fields, [request.numbered]: 'before-the-load' }
    : request.fields
  const answer = await exchange(shop.port, { ...request, fields })
  const faults = faultsOf(answer, request.expect)
  const body = answer.body.toString()
  if (faults.length > 0) throw new Error(`${call.title}: ${faults.join('; ')}: ${body}`)
  if (!call.isRight(JSON.parse(body))) throw new Error(`${call.title}: wrong answer: ${body}`)
  if (!call.isEqual) return
  if (bodies.has(call.title) && bodies.get(call.title) !== body)
    throw new Error(`${call.title}: the two shops give different answers`)
  bodies.set(call.title, body)
}

async function cpuOf(shop, call, seconds) {
  const before = await shop.cpu()
  const { requests } = await load({ port: shop.port, requests: call.requests, seconds })
  return ((await shop.cpu()) - before) / requests
}
