import assert from 'node:assert/strict'
import { sideBySide } from './diff.js'
import { assertExpected } from './expectation.js'
import type { Scenario } from './perform.js'
import { expectedWithoutConnection, withoutConnection } from './relayed.js'
import { type Performance, render, renderTranscript } from './render.js'

/**
 * Asserts that the subject did what Express did. Where a difference is known, that it is really there, on both sides,
 * and that all else is equal.
 *
 * @param subject its name; `express` is held to Express's side of a difference
 * @param isRelayed what belongs to a connection is not compared
 */
export function judge(
  scenario: Scenario,
  ofExpressItself: Performance,
  ofOther: Performance,
  subject: string,
  isRelayed = false,
): void {
  const { exchanges, terms } = scenario
  const express = isRelayed ? withoutConnection(ofExpressItself) : ofExpressItself
  const other = isRelayed ? withoutConnection(ofOther) : ofOther
  const assertSame = (one: readonly string[], two: readonly string[]) => assertEqual(one, two, subject)
  if (!terms.differs) {
    assertSame(render(exchanges, express), render(exchanges, other))
    return
  }
  const ofExpress = terms.differs.express
  const expected = subject === 'express' ? ofExpress : terms.differs.subject
  const ofSubject = isRelayed ? expectedWithoutConnection(expected) : expected
  for (const { sheets } of [ofExpress, ofSubject]) {
    assert.equal(sheets.length, exchanges.length, 'a difference says something of each exchange')
  }
  assertExpected('Express', ofExpress, ofExpressItself)
  assertExpected(subject, ofSubject, other)
  ofSubject.sheets.forEach((sheet, index) => {
    const [one, two] = [express.transcripts[index], other.transcripts[index]]
    if (sheet === 'same' && one && two) assertSame(renderTranscript(one), renderTranscript(two))
  })
  if (!ofSubject.notes) assertSame(express.trace, other.trace)
}

function assertEqual(express: readonly string[], other: readonly string[], subject: string): void {
  if (express.length === other.length && express.every((line, index) => line === other[index])) return
  assert.fail(`the two differ\n\n${sideBySide(express, other, ['express', subject])}\n`)
}
