import { once } from 'node:events'
import { parseArgs } from 'node:util'
import type { ShadowReport } from '../types/shadow.js'
import { FrameworkError } from './frameworks/find-frameworks.js'
import { type LiveOptions, startShadowProxy } from './live/shadow-proxy.js'
import { renderReport } from './report/render-report.js'
import { runShadow } from './run-shadow.js'
import { type ShadowOptions, ShadowUsageError } from './shadow-options.js'
import { ShadowStartError } from './side/side-process.js'
import { TrafficError } from './traffic/traffic-error.js'

/*
 * `nozomi shadow`: the command line of the shadow run.
 */

export const SHADOW_USAGE = `Usage: nozomi shadow <app file> [options] [-- arguments of the application]

Runs the application on stock Express and on Nozomi, sends the same requests to both, and lists in what they differ.

  --express <file>        the app file, when it is not given alone
  --traffic <file>        requests: a line of JSON each, or a HAR file (*.har). Can be repeated.
                          Without: probes made from the route list, with safe methods only
  --origin <origin>       which origin of a HAR file
  --listen <port>         send live requests to both; --host <address>, default 127.0.0.1
  --answer <side>         express (default) or nozomi: whose answers live clients get
  --unsafe                send live requests that change something to both, too
  --ignore <what>         do not compare a field, a path ($.items[*].at) or a kind (events). Can be repeated
  --allow <id>            count a known difference as equal; "known" allows all. Can be repeated
  --map-ids               put each side's own values where the traffic repeats values of recorded answers
  --no-control            do not run Express twice to find what differs by itself
  --timeout <ms>          for one answer, default 10000; --start-timeout <ms>, default 30000
  --port <port>           which server of the application: the port that it asks for
  --env NAME=VALUE        for all sides; --express-env, --nozomi-env, --control-env for one. Can be repeated
  --node-arg <argument>   for node: --node-arg=--import --node-arg=tsx. Can be repeated
  --stock <folder>        stock Express, when the application does not have it; --nozomi <folder>
  --json                  print the report as JSON
  --help

Side effects happen on each side. Give each its own database before you send requests that change something.
Exit code: 0 equal, 1 different or incomplete, 2 wrong usage, 3 the application did not start on one side.
`

/** Where the command writes, and who ends a live run. */
export interface CommandContext {
  readonly stdout: { write(text: string): unknown }
  readonly stderr: { write(text: string): unknown }
  /** Ends a live run; default: SIGINT or SIGTERM. */
  readonly signal?: AbortSignal
}

const OPTIONS = {
  express: { type: 'string' },
  traffic: { type: 'string', multiple: true },
  origin: { type: 'string' },
  listen: { type: 'string' },
  host: { type: 'string' },
  answer: { type: 'string' },
  unsafe: { type: 'boolean' },
  ignore: { type: 'string', multiple: true },
  allow: { type: 'string', multiple: true },
  'map-ids': { type: 'boolean' },
  'no-control': { type: 'boolean' },
  timeout: { type: 'string' },
  'start-timeout': { type: 'string' },
  port: { type: 'string' },
  env: { type: 'string', multiple: true },
  'express-env': { type: 'string', multiple: true },
  'nozomi-env': { type: 'string', multiple: true },
  'control-env': { type: 'string', multiple: true },
  'node-arg': { type: 'string', multiple: true },
  stock: { type: 'string' },
  nozomi: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

type Values = ReturnType<typeof parse>['values']

/**
 * @param argv what stands behind `nozomi shadow`
 * @returns the exit code: 0 equal, 1 different or incomplete, 2 wrong usage, 3 the application did not start on one side
 */
export async function shadowCommand(
  argv: readonly string[],
  context: CommandContext = process,
): Promise<number> {
  const { stdout, stderr } = context
  try {
    const { values, positionals, rest } = parse(argv)
    if (values.help) {
      stdout.write(SHADOW_USAGE)
      return 0
    }
    const options = toOptions(values, positionals, rest)
    const report =
      values.listen === undefined ? await runShadow(options) : await runLive(options, values, context)
    stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report))
    return report.verdict === 'equal' ? 0 : 1
  } catch (error) {
    if (error instanceof ShadowStartError) {
      stderr.write(`${error.message}\n${error.output === '' ? '' : `It printed:\n${error.output}`}`)
      return 3
    }
    if (!isUsage(error)) throw error
    stderr.write(`${(error as Error).message}\nSee nozomi shadow --help\n`)
    return 2
  }
}

function parse(argv: readonly string[]) {
  const end = argv.indexOf('--')
  const args = end === -1 ? [...argv] : argv.slice(0, end)
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true })
  return { values, positionals, rest: end === -1 ? [] : argv.slice(end + 1) }
}

function isUsage(error: unknown): boolean {
  if (error instanceof ShadowUsageError || error instanceof TrafficError || error instanceof FrameworkError)
    return true
  // The port of --listen is taken, or not to be had.
  return /^(?:ERR_PARSE_ARGS_|EADDR|EACCES)/.test(String((error as NodeJS.ErrnoException).code))
}

function toOptions(values: Values, positionals: readonly string[], args: readonly string[]): ShadowOptions {
  const files = [...positionals, ...(values.express === undefined ? [] : [values.express])]
  const [application] = files
  if (application === undefined) throw new ShadowUsageError('No application file was given.')
  if (files.length > 1)
    throw new ShadowUsageError(`One application file is run, and not ${files.join(' and ')}.`)
  return {
    application,
    args,
    execArgv: values['node-arg'] ?? [],
    traffic: values.traffic ?? [],
    ignore: values.ignore ?? [],
    allow: values.allow ?? [],
    mapIds: values['map-ids'] ?? false,
    control: !values['no-control'],
    env: pairsOf(values.env),
    sideEnv: {
      express: pairsOf(values['express-env']),
      nozomi: pairsOf(values['nozomi-env']),
      control: pairsOf(values['control-env']),
    },
    ...given('origin', values.origin),
    ...given('express', values.stock),
    ...given('nozomi', values.nozomi),
    ...given('timeoutMs', numberOf('--timeout', values.timeout)),
    ...given('startTimeoutMs', numberOf('--start-timeout', values['start-timeout'])),
    ...given('port', numberOf('--port', values.port)),
  }
}

async function runLive(
  options: ShadowOptions,
  values: Values,
  context: CommandContext,
): Promise<ShadowReport> {
  const { answer = 'express', host, unsafe = false } = values
  if (answer !== 'express' && answer !== 'nozomi')
    throw new ShadowUsageError(`--answer is ${answer}: express or nozomi.`)
  if (options.traffic?.length)
    throw new ShadowUsageError('--listen takes live requests: leave out --traffic.')
  const live: LiveOptions = {
    ...options,
    answer,
    unsafe,
    ...given('listen', numberOf('--listen', values.listen)),
    ...given('host', host),
  }
  const proxy = await startShadowProxy(live)
  context.stderr.write(
    `${proxy.url} sends each request to both, and answers as ${answer === 'nozomi' ? 'Nozomi' : 'Express'} does. Ctrl+C ends it.\n`,
  )
  await ended(context.signal)
  return proxy.close()
}

async function ended(signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) return
  if (signal) return void (await once(signal, 'abort'))
  const done = new AbortController()
  await Promise.race(['SIGINT', 'SIGTERM'].map((name) => once(process, name, { signal: done.signal })))
  done.abort()
}

function given<Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]?: Value })
}

function numberOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d+$/.test(text)) throw new ShadowUsageError(`${name} is ${text}: it must be a number.`)
  return Number(text)
}

function pairsOf(list: readonly string[] | undefined): Record<string, string> {
  return Object.fromEntries(
    (list ?? []).map((pair) => {
      const at = pair.indexOf('=')
      if (at < 1) throw new ShadowUsageError(`"${pair}" is no NAME=VALUE.`)
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}
