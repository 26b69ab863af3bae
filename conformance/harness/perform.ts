import type { DifferenceId } from '../differences.js'
import type { Carrier, Served } from './carrier.js'
import type { Exchange } from './exchange.js'
import type { ExpectedPerformance } from './expectation.js'
import type { Performance } from './render.js'
import { createStage, type Stage } from './stage.js'
import type { ExpressFactory } from './subject.js'

/** Builds what is served; nothing, when the scenario only notes what calls give or throw. */
export type Build = (stage: Stage) => Served | undefined | void | Promise<Served | undefined | void>

export interface Terms {
  /** NODE_ENV while the scenario runs. */
  env?: string
  /** The error log is not compared: its lines come after the connection is gone, at no certain moment. */
  unlogged?: boolean
  /** The only carriers that can do what the scenario shows; the scenario says why. */
  carriers?: readonly string[]
  /**
   * Exchanges, by their labels, that turbo refuses at the door with this status, where node:http lets them pass. They are
   * told to turbo apart from the others, so that what handlers note can be compared.
   */
  refusedByTurbo?: Readonly<Record<string, number>>
  /** A known difference: what Express does, and what the subject does instead. Both are asserted. */
  differs?: { id: DifferenceId; express: ExpectedPerformance; subject: ExpectedPerformance }
}

export interface Scenario {
  name: string
  build: Build
  exchanges: readonly Exchange[]
  terms: Terms
}

/** Builds the application of a scenario with a factory, serves it, and has all its exchanges. */
export async function perform(
  scenario: Scenario,
  express: ExpressFactory,
  carrier: Carrier,
): Promise<Performance> {
  const stage = createStage(express, scenario.terms.env)
  try {
    return await stage.perform(async () => {
      const app = await scenario.build(stage)
      const transcripts = app ? await converseWith(app, carrier, scenario.exchanges) : []
      await stage.settled()
      const isCompared = (line: string) => !scenario.terms.unlogged || !line.startsWith('console.error')
      return { transcripts, trace: stage.trace.filter(isCompared) }
    })
  } finally {
    stage.strike()
  }
}

async function converseWith(app: Served, carrier: Carrier, exchanges: readonly Exchange[]) {
  const line = await carrier.open(app)
  try {
    const transcripts = []
    for (const exchange of exchanges) transcripts.push(await line.talk(exchange))
    return transcripts
  } finally {
    await line.close()
  }
}
