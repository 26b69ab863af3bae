import type { DifferenceId } from '../differences.js'
import type { Answer } from '../harness/answer.js'
import type { Served, Transcript } from '../harness/carrier.js'
import type { Exchange } from '../harness/exchange.js'
import type { ExpressFactory } from '../harness/subject.js'

/**
 * An attack on an application that runs in a process of its own. Stock Express falls to it, which shows that the
 * attack is real and its test can fail; Nozomi must hold.
 */
export interface Attack {
  /** Names the attack on the command line of the victim. */
  id: string
  /** What the attacker wants. */
  title: string
  /** The entry of the list of differences that this attack is the reason for. */
  difference?: DifferenceId
  /** A strike ends or poisons the process: each one gets a process of its own. */
  isLasting?: boolean
  build(express: ExpressFactory): Served
  strikes: readonly Strike[]
}

export interface Strike {
  title: string
  run(victim: Victim): Promise<Outcome>
  /** Whether the Node.js that runs protects Express itself. */
  nodeProtects?: () => boolean
}

export interface Outcome {
  /** Whether the victim held. */
  held: boolean
  /** What was seen, for the message of a test that fails. */
  evidence: string
}

export interface Victim {
  port: number
  /** Has an exchange on a fresh connection; what is still open after the time limit is left. */
  talk(exchange: Exchange, timeLimitMs?: number): Promise<Transcript>
  /** The last answer of an exchange. */
  ask(exchange: Exchange): Promise<Answer>
  /** Microseconds of CPU that the victim has used. */
  cpuMicros(): Promise<number>
  /** Whether the process lives and still answers. */
  isAlive(): Promise<boolean>
}

export function outcome(held: boolean, evidence: string): Outcome {
  return { held, evidence }
}
