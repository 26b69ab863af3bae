import assert from 'node:assert/strict'
import type { Carrier } from './carrier.js'
import type { Scenario } from './perform.js'
import { type Performance, renderTranscript } from './render.js'

/** For targets with a fragment, which is in no form of a target (RFC 9112 §3.2): what `refusedByTurbo` says of them. */
export function refusedFragments(targets: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    targets.flatMap((target) => (target.includes('#') ? [[`GET ${target}`, 400]] : [])),
  )
}

/** A scenario in two parts: what the carrier's server hands to the application, and what it refuses itself, if any. */
export function atTheDoorOf(
  carrier: Carrier,
  scenario: Scenario,
): { heard: Scenario; refused: Scenario | null } {
  const labels = carrier.isTurbo ? Object.keys(scenario.terms.refusedByTurbo ?? {}) : []
  if (labels.length === 0) return { heard: scenario, refused: null }
  const unknown = labels.filter((label) => !scenario.exchanges.some((exchange) => exchange.label === label))
  assert.deepEqual(unknown, [], 'an exchange that turbo refuses is one of the scenario')
  return {
    heard: partOf(scenario, (label) => !labels.includes(label)),
    refused: partOf(scenario, (label) => labels.includes(label)),
  }
}

function partOf(scenario: Scenario, isPart: (label: string) => boolean): Scenario {
  const { differs, ...terms } = scenario.terms
  const indexes = scenario.exchanges.flatMap(({ label }, index) => (isPart(label) ? index : []))
  const pick = <T>(list: readonly T[]) => indexes.map((index) => list[index] as T)
  const part = { ...scenario, exchanges: pick(scenario.exchanges), terms }
  if (!differs || indexes.length === 0) return part
  const { id, express, subject } = differs
  const sides = {
    express: { ...express, sheets: pick(express.sheets) },
    subject: { ...subject, sheets: pick(subject.sheets) },
  }
  return { ...part, terms: { ...terms, differs: { id, ...sides } } }
}

/** Asserts that nothing of it reached the application: each has a bare answer, and the connection is closed. */
export function assertRefused({ exchanges, terms }: Scenario, { transcripts }: Performance): void {
  exchanges.forEach(({ label }, index) => {
    const transcript = transcripts[index]
    assert(transcript)
    const [line = '', ...rest] = renderTranscript(transcript)
    assert.equal(line.split(' ')[1], String(terms.refusedByTurbo?.[label]), `${label}: ${line}`)
    assert.deepEqual(rest, ['Connection: close', 'no body'], label)
  })
}
