/*
 * What an example says about itself, in comments that a reader understands as well:
 *
 *     // GET /hello/ada -> 200 {"hello":"ada"}
 *     // POST /books {"title":"Dune"} -> 201 (Location: /books/1)
 *     // GET /me (Authorization: Bearer x) -> 200 (Content-Type: application/json; charset=utf-8) /"ada"/
 *     // SIGTERM -> exit 0
 *     console.log(app.get('env')) // prints development
 */

/** A field and the value it must have; `null`: it must be absent. */
type ExpectedField = [name: string, value: Pattern | null]

/** A text, to be met exactly, or a regular expression. */
export type Pattern = string | RegExp

/** One request, and what its answer must be. */
export interface RequestStep {
  kind: 'request'
  source: string
  method: string
  target: string
  fields: [name: string, value: string][]
  body: string | undefined
  expected: { status: number; fields: ExpectedField[]; body: Pattern | undefined }
}

/** A signal for the process, after which it must end with this exit code. */
export interface SignalStep {
  kind: 'signal'
  source: string
  signal: NodeJS.Signals
  exitCode: number
}

export type Step = RequestStep | SignalStep

export interface Expectations {
  steps: Step[]
  /** The lines that the program prints; null when it doesn't say. */
  printed: string[] | null
}

const REQUEST = /^([A-Z]{3,}) (\/\S*)(.*?) -> (\d{3})(?: (.*))?$/
const SIGNAL = /^(SIG[A-Z0-9]+) -> exit (\d+)$/
const FIELD = /^\s*\(([\w-]+): ([^()]*(?:\([^()]*\)[^()]*)*)\)/
const ABSENT = /^\s*\(no ([\w-]+)\)/

/** Reads the expectations in a program. Those of a block of `http` stand there without `//`. */
export function readExpectations(text: string, isProgram: boolean): Expectations {
  const steps: Step[] = []
  const printed: string[] = []
  for (const line of joinContinued(text, isProgram)) {
    const step = readStep(line)
    if (step) steps.push(step)
    else if (!isProgram && line.trim() !== '') throw new Error(`no request and no signal: ${line}`)
  }
  if (isProgram) {
    for (const [, line] of text.matchAll(/\/\/ prints(?: (.*))?$/gm)) printed.push(line?.trimEnd() ?? '')
  }
  return { steps, printed: printed.length > 0 ? printed : null }
}

/** The lines that may hold a step; a line that is indented by four more continues the one before. */
function joinContinued(text: string, isProgram: boolean): string[] {
  const lines: string[] = []
  let isOpen = false
  for (const line of text.split('\n')) {
    const comment = isProgram ? /^\s*\/\/ (.*)$/.exec(line)?.[1] : line
    if (comment !== undefined && isOpen && /^ {4}/.test(comment)) {
      lines[lines.length - 1] += ` ${comment.trim()}`
      continue
    }
    isOpen = comment !== undefined
    if (comment !== undefined) lines.push(comment)
  }
  return lines
}

function readStep(line: string): Step | null {
  const signal = SIGNAL.exec(line)
  if (signal) {
    return {
      kind: 'signal',
      source: line,
      signal: signal[1] as NodeJS.Signals,
      exitCode: Number(signal[2]),
    }
  }
  const request = REQUEST.exec(line)
  if (!request) return null
  const [, method, target, asked, status, answered] = request
  const sent = readFields(asked as string)
  const expected = readFields(answered ?? '')
  return {
    kind: 'request',
    source: line,
    method: method as string,
    target: target as string,
    fields: sent.fields as [string, string][],
    body: sent.rest || undefined,
    expected: {
      status: Number(status),
      fields: expected.fields.map(([name, value]) => [name, value === null ? null : patternOf(value)]),
      body: expected.rest === '' ? undefined : patternOf(expected.rest),
    },
  }
}

/** Takes `(Name: value)` and `(no Name)` from the front of a text. */
function readFields(text: string): { fields: [string, string | null][]; rest: string } {
  const fields: [string, string | null][] = []
  let rest = text
  for (;;) {
    const field = FIELD.exec(rest)
    const absent = field ? null : ABSENT.exec(rest)
    if (field) fields.push([field[1] as string, field[2] as string])
    else if (absent) fields.push([absent[1] as string, null])
    else return { fields, rest: rest.trim() }
    rest = rest.slice((field ?? absent)?.[0].length)
  }
}

function patternOf(text: string): Pattern {
  const expression = /^\/(.+)\/([a-z]*)$/.exec(text)
  return expression ? new RegExp(expression[1] as string, expression[2]) : text
}
