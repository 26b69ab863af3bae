import assert from 'node:assert/strict'
import { type Answer, fieldOf } from './answer.js'
import type { Transcript } from './carrier.js'
import { type Performance, renderTranscript } from './render.js'

/** The part of an answer on which the two sides are known to differ. `null` means that the field must be absent. */
export interface ExpectedAnswer {
  status?: number
  fields?: Record<string, string | RegExp | null>
  body?: string | RegExp
}

export interface ExpectedSheet {
  answers: readonly ExpectedAnswer[]
  /** Bytes behind the last answer; none when it is not given. */
  surplus?: string | RegExp
}

/** `'same'`: on this exchange both sides must be equal. */
export type Expected = 'same' | ExpectedAnswer | ExpectedSheet

export interface ExpectedPerformance {
  /** One for each exchange. */
  sheets: readonly Expected[]
  /** The trace, line by line; not given, it must be equal on both sides. */
  notes?: readonly (string | RegExp)[]
}

/** Asserts that a performance is what a known difference says of this side. */
export function assertExpected(side: string, expected: ExpectedPerformance, actual: Performance): void {
  expected.sheets.forEach((sheet, index) => {
    const transcript = actual.transcripts[index]
    assert(transcript, `${side}: exchange ${index} did not happen`)
    if (sheet !== 'same') assertSheet(`${side}, exchange ${index}`, sheet, transcript)
  })
  if (expected.notes) assertNotes(side, expected.notes, actual.trace)
}

function assertSheet(where: string, expected: ExpectedAnswer | ExpectedSheet, actual: Transcript): void {
  const sheet: ExpectedSheet = 'answers' in expected ? expected : { answers: [expected] }
  const shown = `\n${renderTranscript(actual).join('\n')}\n`
  assert.equal(actual.answers.length, sheet.answers.length, `${where}: number of answers${shown}`)
  sheet.answers.forEach((answer, index) => {
    const given = actual.answers[index]
    assert(given)
    assertAnswer(`${where}${shown}`, answer, given)
  })
  assertText(`${where}: surplus${shown}`, sheet.surplus ?? '', actual.surplus.toString('latin1'))
}

function assertAnswer(where: string, expected: ExpectedAnswer, actual: Answer): void {
  if (expected.status !== undefined) assert.equal(actual.status, expected.status, `${where}: status`)
  for (const [name, value] of Object.entries(expected.fields ?? {})) {
    const given = fieldOf(actual, name)
    if (value === null) assert.equal(given, undefined, `${where}: ${name} must be absent`)
    else assertText(`${where}: ${name}`, value, given ?? '(absent)')
  }
  if (expected.body !== undefined) assertText(`${where}: body`, expected.body, actual.body.toString('utf8'))
}

function assertNotes(side: string, expected: readonly (string | RegExp)[], actual: readonly string[]): void {
  const shown = `\n${actual.join('\n')}\n`
  assert.equal(actual.length, expected.length, `${side}: number of notes${shown}`)
  expected.forEach((note, index) => assertText(`${side}: note ${index}${shown}`, note, actual[index] ?? ''))
}

function assertText(where: string, expected: string | RegExp, actual: string): void {
  if (typeof expected === 'string') assert.equal(actual, expected, where)
  else assert.match(actual, expected, where)
}
