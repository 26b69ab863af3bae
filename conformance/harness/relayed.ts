import type { Answer } from './answer.js'
import type { Expected, ExpectedAnswer, ExpectedPerformance } from './expectation.js'
import type { Performance } from './render.js'

/*
 * What is left of a performance when there is no connection: status, fields, body. Which fields are a connection's, in
 * which order and case they stand, and how the connection ended, is not the application's then.
 */

const OF_A_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding'])

export function withoutConnection({ transcripts, trace }: Performance): Performance {
  return {
    trace,
    transcripts: transcripts.map((transcript) => ({
      ...transcript,
      answers: transcript.answers.filter(({ status }) => status >= 200).map(withoutOrder),
      ending: 'closed',
    })),
  }
}

function withoutOrder(answer: Answer): Answer {
  const fields = new Map<string, string>()
  const cookies: [string, string][] = []
  for (const [given, value] of answer.fields) {
    const name = given.toLowerCase()
    if (OF_A_CONNECTION.has(name)) continue
    const before = fields.get(name)
    if (name === 'set-cookie') cookies.push([name, value])
    else fields.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  const trailers = answer.trailers.map(([name, value]): [string, string] => [name.toLowerCase(), value])
  return { ...answer, fields: [...[...fields].toSorted(byName), ...cookies], trailers }
}

function byName([one]: [string, string], [other]: [string, string]): number {
  return one < other ? -1 : 1
}

/** What a known difference says of the subject, but for the fields of a connection. */
export function expectedWithoutConnection(expected: ExpectedPerformance): ExpectedPerformance {
  return { ...expected, sheets: expected.sheets.map(sheetWithoutConnection) }
}

function sheetWithoutConnection(sheet: Expected): Expected {
  if (sheet === 'same') return sheet
  return 'answers' in sheet
    ? { answers: sheet.answers.map(answerWithoutConnection) }
    : answerWithoutConnection(sheet)
}

function answerWithoutConnection(answer: ExpectedAnswer): ExpectedAnswer {
  const fields = Object.entries(answer.fields ?? {}).filter(
    ([name]) => !OF_A_CONNECTION.has(name.toLowerCase()),
  )
  return { ...answer, fields: Object.fromEntries(fields) }
}
