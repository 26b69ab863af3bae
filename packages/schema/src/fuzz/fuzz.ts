import { EventEmitter, once } from 'node:events'
import { ApiDescription } from '../drift/api-description.js'
import { type ApiDocument, type DescribedOperation, nameOfOperation } from '../drift/document.js'
import { SchemaChecks } from '../drift/schema-checks.js'
import { type SlowPattern, SlowPatterns } from '../drift/slow-patterns.js'
import { ValueSource } from './arbitraries/value-source.js'
import { FuzzError } from './fuzz-error.js'
import { type FuzzOptions, settled } from './fuzz-options.js'
import type { FuzzReport } from './report/fuzz-report.js'
import type { WireRequest } from './requests/fuzz-input.js'
import { Client, type Outcome } from './run/ask.js'
import { Budget } from './run/budget.js'
import { type Choice, chooseOperations } from './run/choose-operations.js'
import { findDocument } from './run/find-document.js'
import { type FuzzRun, OperationFuzz } from './run/fuzz-operation.js'
import { KnownIds } from './run/known-ids.js'
import { isLoopback, openTarget, type OpenTarget, watchCrashes } from './run/target.js'

/** What is shown for an application that listens for the run only. */
const SHOWN_ORIGIN = 'http://localhost:3000'

/**
 * Sends an API valid and invalid inputs, made from its OpenAPI 3.1 document by fast-check, and reports what it should not have answered:
 * 5xx, nothing at all, what the document does not declare; what it accepted though the document does not allow it; and what it refused
 * though the document does. Each finding has the smallest request that was found to show it, as a command of curl.
 *
 * It writes to the target whatever the operations write: do not let it run against data that somebody needs.
 *
 * @throws TypeError for options that can't be meant, and for a document that is not OpenAPI 3.1 or 3.2.
 * @throws FuzzError when there is no document, nothing listens, or there is nothing to ask.
 * @example
 * const report = await fuzz({ target: app, document, seed: 1 })
 * assert.deepEqual(report.findings, [], formatFuzzReport(report))
 */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const settings = settled(options)
  const target = await openTarget(options.target, options.document ? serverPathOf(options.document) : '')
  const client = new Client(target.base, settings)
  const crashes = new Crashes()
  const unwatch = target.isOwn ? watchCrashes((error) => crashes.add(error)) : () => undefined
  try {
    const document = options.document ?? (await findDocument(options.target, target.base, settings.headers))
    const patterns = new SlowPatterns()
    const api = new ApiDescription(document, new SchemaChecks(document, patterns))
    const unsafe = options.unsafe ?? (target.isOwn || isLoopback(target.base))
    const budget = new Budget(settings)
    const run: FuzzRun = {
      ...settings,
      api,
      isOwn: target.isOwn,
      source: new ValueSource(document, api.checks),
      ownHeaders: Object.entries(settings.headers).map(([name, text]) => [name.toLowerCase(), text] as const),
      budget,
      ids: new KnownIds(),
      shownBase: shownBaseOf(target),
      ask: (wire) => crashes.during((signal) => askOrStop(client, wire, budget, signal)),
    }
    const operations = chooseOperations(api.operations, { ...settings, unsafe })
    if (operations.length === 0) throw new FuzzError(nothingToAsk(api, settings))
    const report = await fuzzAll(run, operations, settings.concurrency)
    if (report.requests === 0) throw new FuzzError(`Nothing was asked. ${report.notes.join('; ')}`)
    const skipped = unsafe ? [] : skippedNote(api, operations, settings)
    return { ...report, notes: [...skipped, ...report.notes, ...patterns.found.map(noteOfPattern)] }
  } finally {
    client.close()
    await target.close()
    unwatch()
  }
}

type Choosing = Omit<Choice, 'unsafe'>

async function fuzzAll(
  run: FuzzRun,
  operations: readonly DescribedOperation[],
  concurrency: number,
): Promise<FuzzReport> {
  const fuzzes = operations.map((operation) => new OperationFuzz(run, operation))
  const waiting = [...fuzzes.entries()]
  const found = fuzzes.map((): FuzzReport['findings'] => [])
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, one] = next
      if (run.budget.stopped === null) found[index] = await one.findings()
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  const stopped = run.budget.stopped === null ? [] : [`the run ended early: ${run.budget.stopped}`]
  return {
    seed: run.seed,
    requests: run.budget.requests,
    operations: fuzzes.map(({ summary }) => summary),
    findings: found.flat(),
    notes: [...fuzzes.flatMap(({ notes }) => notes), ...stopped],
  }
}

/** A target that is gone is not asked again; one that never was there is the caller's mistake. */
async function askOrStop(
  client: Client,
  wire: WireRequest,
  budget: Budget,
  signal: AbortSignal,
): Promise<Outcome> {
  const outcome = await client.ask(wire, signal)
  if (outcome.kind !== 'unreachable') return outcome
  if (budget.requests <= 1) throw new FuzzError(`Nothing listens at the target: ${outcome.message}`)
  budget.stop(`the target can't be reached any more (${outcome.message})`)
  return { kind: 'reset', message: 'the target can not be reached any more' }
}

/** Why no operation is left. A run that asks nothing finds nothing, and would be taken for a proof. */
function nothingToAsk({ operations: all }: ApiDescription, settings: Choosing): string {
  if (all.length === 0)
    return 'There is nothing to ask: the document has no operation. Is it the one of this API?'
  const wanted = chooseOperations(all, { ...settings, unsafe: true })
  return wanted.length === 0
    ? `There is nothing to ask: include and exclude leave none of the ${all.length} operations of the document. They are called such as '${nameOfOperation(all[0] as DescribedOperation)}'`
    : `There is nothing to ask: each of the ${wanted.length} operations changes something, and such are called only where that is allowed (unsafe)`
}

function skippedNote(
  api: ApiDescription,
  operations: readonly DescribedOperation[],
  { include, exclude }: Choosing,
): string[] {
  const all = chooseOperations(api.operations, { include, exclude, unsafe: true })
  const count = all.length - operations.length
  return count === 0
    ? []
    : [`${count} operations were left out: they change something, and the target is not local (unsafe)`]
}

function noteOfPattern({ pattern, length }: SlowPattern): string {
  return `the pattern ${pattern} takes too long for a text of ${length} characters, for a server as well: such texts were not checked`
}

/** The path of the first of `servers`, where it is one that can be told. */
function serverPathOf({ servers }: ApiDocument): string {
  const url = servers?.[0]?.url ?? ''
  if (url.includes('{') || !URL.canParse(url, SHOWN_ORIGIN)) return ''
  return new URL(url, SHOWN_ORIGIN).pathname.replace(/\/$/u, '')
}

function shownBaseOf({ base, isOwn }: OpenTarget): string {
  return isOwn ? SHOWN_ORIGIN + base.pathname.replace(/\/$/u, '') : base.href
}

/** What nobody caught, told to the requests that were under way. */
class Crashes {
  readonly #waiting = new Set<(message: string) => void>()

  add(error: unknown): void {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    for (const tell of this.#waiting)
      tell(`throws what nobody catches, which would end the process: ${message}`)
  }

  async during<T extends { kind: string }>(
    act: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | { readonly kind: 'crash'; readonly message: string }> {
    const abandoned = new AbortController()
    const told = new EventEmitter()
    const crash = once(told, 'crash').then(([message]) => ({
      kind: 'crash' as const,
      message: String(message),
    }))
    const tell = (message: string): void => {
      told.emit('crash', message)
      // What crashed answers no more; its connection is not waited for.
      abandoned.abort()
    }
    this.#waiting.add(tell)
    try {
      const outcome = await Promise.race([act(abandoned.signal), crash])
      // What is thrown right after the answer belongs to it as well.
      await new Promise(setImmediate)
      return await Promise.race([crash, Promise.resolve(outcome)])
    } finally {
      this.#waiting.delete(tell)
    }
  }
}
