import { faultsOf } from './answers.mjs'
import { ContestantProcess } from './contestant-process.mjs'
import { exchange } from './exchange.mjs'

/**
 * One start: the time to listening, and to the first answer, since some build their router only then; the memory after
 * both.
 *
 * @returns {Promise<{ listening: number, answering: number, resident: number }>} milliseconds and bytes
 */
export async function measureStartUp({ node, contestant, scenario }) {
  const server = await ContestantProcess.start({ node, contestant, scenario })
  try {
    const [request] = scenario.requests
    const answer = await exchange(server.port, request)
    const answering = performance.now() - server.startedAt
    const faults = faultsOf(answer, request.expect)
    if (faults.length > 0) throw new Error(`wrong answer: ${faults.join('; ')}`)
    return { listening: server.listeningAfterMs, answering, resident: await server.ask('resident') }
  } finally {
    await server.stop()
  }
}
