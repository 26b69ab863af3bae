import { resolve } from 'node:path'
import type { FuzzOptions, FuzzSeverity } from '@nozomi/schema/fuzz'
import { readArguments } from '../arguments.js'
import { type Command, EXIT, type Output } from '../command.js'
import { HeldOutput } from '../held-output.js'
import { formatJson } from '../json.js'
import { loadApplication } from '../loading/load-application.js'
import { UsageError } from '../usage-error.js'

const SEVERITIES: readonly FuzzSeverity[] = ['error', 'warning', 'advice']

const LIST = { type: 'string', multiple: true, default: [] as string[] } as const

const OPTIONS = {
  document: { type: 'string' },
  seed: { type: 'string' },
  runs: { type: 'string' },
  header: LIST,
  include: LIST,
  exclude: LIST,
  safe: { type: 'boolean' },
  unsafe: { type: 'boolean' },
  lenient: { type: 'boolean' },
  'max-requests': { type: 'string' },
  'max-time': { type: 'string' },
  timeout: { type: 'string' },
  concurrency: { type: 'string' },
  'fail-on': { type: 'string', default: 'warning' },
  log: { type: 'string' },
  json: { type: 'boolean' },
} as const

type Values = ReturnType<typeof readArguments<typeof OPTIONS>>['values']

export const fuzzCommand: Command = {
  name: 'fuzz',
  summary:
    'send valid and invalid inputs made from the OpenAPI document, and report what should not be answered',
  usage: `Usage: nozomi fuzz <app file or URL> [--document <file or URL>] [--seed <number>] [--runs <number>]
         [--header <'name: value'>]... [--include <operation>]... [--exclude <operation>]... [--safe | --unsafe]
         [--lenient] [--max-requests <number>] [--max-time <seconds>] [--timeout <ms>] [--concurrency <number>]
         [--fail-on <severity>] [--log <file>] [--json]

Sends inputs that the OpenAPI 3.1 document allows, and inputs with one thing wrong. Errors: 5xx, no answer, what the document does not
declare. Warnings: what was accepted though the document does not allow it. Advice: what was refused though it does. Each comes with
the smallest request that was found to show it, as a command of curl.

It writes what the operations write: give it an application with data that nobody needs.

  --document <file or URL>   JSON or YAML; default: what the target serves as /openapi.json, or what the routes say
  --seed <number>            the same seed makes the same inputs; default: a random one, which is printed
  --runs <number>            inputs for each operation that are allowed, and as many that are not; default: 50
  --header <'name: value'>   sent with each request, for credentials; may be given again
  --include <operation>      'POST /users', '/users/*' or an operationId; may be given again; default: all
  --exclude <operation>      leave out; may be given again
  --safe                     call only methods that change nothing; the default for URLs of other machines
  --unsafe                   call every method, on other machines as well
  --lenient                  do not mind what is accepted though the document does not allow it
  --max-requests <number>    default: 10000
  --max-time <seconds>       default: 300
  --timeout <ms>             for one answer; default: 10000
  --concurrency <number>     operations at once; default: 1
  --fail-on <severity>       end with 1 when something of this severity or above is found: error, warning or advice;
                             default: warning
  --log <file>               keep what the application prints while it is asked; - shows it on standard error; default: it is
                             not shown
  --json                     as JSON

Ends with 0 when nothing was found that it fails on, with 1 when something was, with 2 when it could not be run, or when there was
nothing to ask.`,
  async run(args, output) {
    const { values, positionals } = readArguments(args, OPTIONS, ['the application file or the URL'])
    const failOn = severityOf(values['fail-on'])
    // When it is needed: what it is made of takes a while to load.
    const { fuzz, formatFuzzReport, FuzzError, readDocument } = await import('@nozomi/schema/fuzz')
    try {
      const document = values.document === undefined ? null : await readDocument(values.document)
      const target = await targetOf(positionals[0] as string)
      const options = { target, ...optionsOf(values), ...(document && { document }) }
      const report = await quietly(values.log, target, output, () => fuzz(options))
      output.print(values.json ? formatJson(report) : formatFuzzReport(report))
      const isFailing = report.findings.some(({ severity }) => isAtLeast(severity, failOn))
      return isFailing ? EXIT.found : EXIT.fine
    } catch (error) {
      if (error instanceof FuzzError || error instanceof TypeError)
        throw new UsageError(error.message, { cause: error })
      throw error
    }
  },
}

/** Runs with what the application prints kept apart: a line or more for each of thousands of requests. */
async function quietly<T>(
  log: string | undefined,
  target: FuzzOptions['target'],
  output: Output,
  run: () => Promise<T>,
): Promise<T> {
  if (typeof target !== 'function') {
    if (log !== undefined) throw new UsageError('--log is for an application file: a URL prints elsewhere')
    return await run()
  }
  if (log === '-') return await run()
  const held = HeldOutput.hold(log ?? null)
  try {
    return await run()
  } finally {
    held.release()
    if (held.summary !== null) output.note(held.summary)
  }
}

async function targetOf(text: string): Promise<FuzzOptions['target']> {
  if (/^https?:\/\//u.test(text)) return text
  return (await loadApplication(resolve(text))) as unknown as Extract<
    FuzzOptions['target'],
    (...args: never) => unknown
  >
}

function optionsOf(values: Values): Omit<FuzzOptions, 'target' | 'document'> {
  if (values.safe && values.unsafe) throw new UsageError('--safe and --unsafe can not both be meant')
  const seconds = numberOf('max-time', values['max-time'])
  const options: { [name in keyof FuzzOptions]?: FuzzOptions[name] | undefined } = {
    headers: Object.fromEntries(values.header.map(headerOf)),
    include: values.include,
    exclude: values.exclude,
    refusals: !values.lenient,
    unsafe: values.unsafe ? true : values.safe ? false : undefined,
    seed: numberOf('seed', values.seed),
    runs: numberOf('runs', values.runs),
    maxRequests: numberOf('max-requests', values['max-requests']),
    maxTimeMs: seconds === undefined ? undefined : seconds * 1000,
    timeoutMs: numberOf('timeout', values.timeout),
    concurrency: numberOf('concurrency', values.concurrency),
  }
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

function numberOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined || /^-?\d{1,15}$/u.test(text)) return text === undefined ? undefined : Number(text)
  throw new UsageError(`--${name} must be a whole number, not ${text}`)
}

function headerOf(text: string): [string, string] {
  const match = /^([!#$%&'*+\-.^_`|~\w]+):\s*(.*)$/u.exec(text)
  if (match) return [match[1] as string, match[2] as string]
  throw new UsageError(`--header must be such as 'authorization: Bearer …'`)
}

function severityOf(text: string): FuzzSeverity {
  const severity = SEVERITIES.find((one) => one === text)
  if (severity !== undefined) return severity
  throw new UsageError(`--fail-on must be ${SEVERITIES.join(', ')}, not ${text}`)
}

function isAtLeast(severity: FuzzSeverity, least: FuzzSeverity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least)
}
