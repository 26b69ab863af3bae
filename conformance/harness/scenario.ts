import assert from 'node:assert/strict'
import { appendFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Carrier } from './carrier.js'
import { chosenCarriers } from './carrier-names.js'
import type { Exchange } from './exchange.js'
import { h2cCarrier, h2Carrier } from './http2-carriers.js'
import { judge } from './judge.js'
import { lambdaCarriers } from './lambda-carriers.js'
import { createServerCarrier, listenCarrier, wrappedCarrier } from './node-carriers.js'
import { type Build, perform, type Scenario, type Terms } from './perform.js'
import { fetchCarrier, injectCarrier } from './relay-carriers.js'
import { assertRefused, atTheDoorOf } from './refused.js'
import { isUnplayable, limitOf } from './relayed-limits.js'
import { type Performance, render } from './render.js'
import { loadFactory, subjectName } from './subject.js'
import { count } from './summary.js'
import { fallbackCarrier, httpsCarrier, turboTlsCarrier } from './tls-carriers.js'
import { turboCarrier, turboWrappedCarrier } from './turbo-carriers.js'

type DeclareScenario = (title: string, build: Build, exchanges: readonly Exchange[], terms?: Terms) => void

const allCarriers: readonly Carrier[] = [
  listenCarrier,
  createServerCarrier,
  wrappedCarrier,
  turboCarrier,
  turboWrappedCarrier,
  injectCarrier,
  fetchCarrier,
  h2cCarrier,
  httpsCarrier,
  turboTlsCarrier,
  h2Carrier,
  fallbackCarrier,
  ...lambdaCarriers,
]

/** The carriers of the subject; Express always runs behind its own `listen`. */
const carriers = chosenCarriers().map(carrierNamed)

/** A file to which all that Express did is appended, to see that a scenario shows what its title says. */
const shownIn = process.env['CONFORMANCE_SHOW']

// A listener keeps deprecation notices of either side off the screen; they are not compared.
process.on('deprecation' as 'warning', () => {})

/**
 * The scenarios of one area, each of them a test (for each carrier): the same application, built on Express and on
 * the subject, is told the same bytes; all that comes back and all that its handlers note must be equal.
 */
export function area(name: string): DeclareScenario {
  return (title, build, exchanges, terms = {}) => {
    const scenario: Scenario = { name: `${name}: ${title}`, build, exchanges, terms }
    const able = carriers.filter(
      (carrier) => (terms.carriers?.includes(carrier.name) ?? true) && !isUnplayable(carrier, scenario.name),
    )
    const tally = count(scenario.name, terms.differs?.id, able.length)
    const references = new Map<Carrier, Promise<Performance>>()
    const ofExpress = (heard: Scenario, reference: Carrier): Promise<Performance> => {
      if (heard !== scenario) return perform(heard, loadFactory('express'), reference)
      const known = references.get(reference) ?? perform(scenario, loadFactory('express'), reference)
      references.set(reference, known)
      return known
    }
    for (const carrier of able) {
      test(`${scenario.name} [${carrier.name}]`, async () => {
        const { heard, refused } = atTheDoorOf(carrier, scenario)
        const expected = await ofExpress(heard, carrier.reference ?? listenCarrier)
        if (shownIn && carrier === able[0]) show(scenario, expected, shownIn)
        const found = await perform(heard, loadFactory(subjectName), carrier)
        const limit = limitOf(carrier, scenario.name)
        const judged = () => judge(heard, expected, found, subjectName, carrier.isRelayed)
        if (limit === undefined) judged()
        else assert.throws(judged, `it is equal by now, and listed as a limit: ${limit}`)
        if (refused) assertRefused(refused, await perform(refused, loadFactory(subjectName), carrier))
        tally.passed()
      })
    }
  }
}

function show({ name, exchanges }: Scenario, express: Performance, file: string): void {
  appendFileSync(file, `\n════ ${name}\n${render(exchanges, express).join('\n')}\n`)
}

function carrierNamed(name: string): Carrier {
  const carrier = allCarriers.find((candidate) => candidate.name === name)
  assert(carrier, `there is no carrier ${name}`)
  return carrier
}
