import { availableParallelism } from 'node:os'
import { faultsOf, fieldFaultsOf } from './answers.mjs'
import { ContestantProcess } from './contestant-process.mjs'
import { exchange, prepareRequests } from './exchange.mjs'

/*
 * A contestant that answers wrongly is fast for nothing. Before anything is timed, each contestant is started once for
 * each application, and gives every answer that its scenarios ask for.
 */

/** @typedef {{ scenario: string, contestant: string, faults: string[] }} Verdict */

/**
 * Checks the answers of all contestants of the scenarios.
 *
 * @returns {Promise<Verdict[]>} one for each contestant of each scenario
 */
export async function verify({ node, scenarios, contestants }) {
  const groups = sameApplications(scenarios).map((members) => ({ members, answers: new Map() }))
  const starts = groups.flatMap((group) =>
    contestants
      .filter((name) => group.members.some((scenario) => scenario.contestants.includes(name)))
      .map((name) => ({ group, name })),
  )
  await inParallel(starts, async ({ group, name }) => {
    group.answers.set(name, await answersOf(node, name, group.members))
  })
  return groups.flatMap(({ members, answers }) =>
    members.flatMap((scenario) =>
      contestants
        .filter((name) => scenario.contestants.includes(name))
        .map((name) => ({
          scenario: scenario.name,
          contestant: name,
          faults: judge(scenario, name, answers),
        })),
    ),
  )
}

function judge(scenario, name, answers) {
  const own = answers.get(name)
  if (own instanceof Error) return [own.message]
  const received = own.get(scenario.name)
  const ofExpress = answers.get('express')
  return scenario.requests.flatMap((request, index) => {
    const faults = faultsOf(received[index], request.expect)
    if (!scenario.fieldsOfExpress.includes(name) || !(ofExpress instanceof Map)) return faults
    return [...faults, ...fieldFaultsOf(received[index], ofExpress.get(scenario.name)[index])]
  })
}

/** The answers of one contestant to each scenario of a group; an error when it fails altogether. */
async function answersOf(node, contestant, group) {
  try {
    const server = await ContestantProcess.start({ node, contestant, scenario: group[0], pin: false })
    try {
      const answers = new Map()
      for (const scenario of group.filter(({ contestants }) => contestants.includes(contestant))) {
        const received = []
        for (const request of await prepareRequests(scenario, server.port)) {
          received.push(await exchange(server.port, request))
        }
        answers.set(scenario.name, received)
      }
      return answers
    } finally {
      await server.stop()
    }
  } catch (error) {
    return error
  }
}

/** Scenarios of the same application, with the same options, share the processes that are checked. */
function sameApplications(scenarios) {
  const groups = new Map()
  for (const scenario of scenarios) {
    const key = JSON.stringify([scenario.application, scenario.options])
    groups.set(key, [...(groups.get(key) ?? []), scenario])
  }
  return [...groups.values()]
}

/** Runs a task for each item, as many at once as there are cores. */
async function inParallel(items, task) {
  const queue = [...items]
  const work = async () => {
    while (queue.length > 0) await task(queue.shift())
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
}
