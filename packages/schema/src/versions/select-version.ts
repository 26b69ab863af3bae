import type { NextFunction, Request, RequestHandler, Response } from 'express-serve-static-core'
import { sendProblem } from '../problems/send-problem.js'
import { type AskedVersion, askedVersion, type Choice, compileChoice, variesBy } from './asked-version.js'
import { chosenVersions } from './chosen-version.js'
import { consumerName, type VersionOutcome, type VersionUsage } from './usage.js'
import type { VersionEntry } from './version-entry.js'
import { VersionError } from './version-error.js'
import type { VersionLayer } from './version-layers.js'
import { compileNames } from './version-names.js'
import type { VersionChoice, VersionHandling } from './version-options.js'
import { cutSegment, runUntilNext } from './version-path.js'

/*
 * Runs for each request below the mount of a version. Nothing is kept of a request but the name of its version.
 */

interface Selecting {
  readonly choice: Choice
  readonly entries: ReadonlyMap<string, VersionEntry>
  readonly varies: readonly string[]
  readonly handling: VersionHandling
  readonly now: () => number
}

interface Selector extends RequestHandler {
  readonly stack: readonly VersionLayer[]
  usage(): VersionUsage[]
}

/** @param isOpen One version among others: what is not for it goes on. */
export function createSelector(
  entries: readonly VersionEntry[],
  options: VersionChoice & VersionHandling,
  isOpen: boolean,
): Selector {
  const names = compileNames(entries.map(({ name }) => name))
  const defaultName = entries.find(({ isDefault }) => isDefault)?.name ?? null
  const choice = compileChoice(options, { names, defaultName, isOpen })
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  const selecting: Selecting = {
    choice,
    entries: byName,
    varies: variesBy(choice),
    handling: options,
    now: options.now ?? Date.now,
  }
  const handler: RequestHandler = function version(req, res, next) {
    return select(selecting, req, res, next)
  }
  const stack = entries.flatMap(({ layers }) => layers)
  return Object.assign(handler, { stack, usage: () => entries.flatMap(({ usage }) => usage.read()) })
}

function select(selecting: Selecting, req: Request, res: Response, next: NextFunction): unknown {
  let asked: AskedVersion | null
  try {
    asked = askedVersion(selecting.choice, req)
  } catch (error) {
    addVary(res, selecting.varies)
    if (!(error instanceof VersionError)) throw error
    return refuse(selecting, error, req, res, next)
  }
  if (asked?.path == null) addVary(res, selecting.varies)
  if (asked === null) return next()
  return enter(selecting, asked, req, res, next)
}

function addVary(res: Response, fields: readonly string[]): void {
  for (const field of fields) res.vary(field)
}

function enter(
  selecting: Selecting,
  { name, path }: AskedVersion,
  req: Request,
  res: Response,
  next: NextFunction,
): unknown {
  const entry = selecting.entries.get(name) as VersionEntry
  const refusal = entry.refusalAt(selecting.now())
  countUse(selecting, entry, outcomeOf(refusal), req, res)
  const retract = entry.announce?.(req, res)
  if (selecting.choice.ways.has('header')) res.setHeader(selecting.choice.field, selecting.choice.write(name))
  if (refusal !== null) return refuse(selecting, refusal, req, res, next)
  const before = chosenVersions.get(req)
  const root = req.baseUrl ?? ''
  chosenVersions.set(req, { name, root, base: root + (path?.segment ?? '') })
  const putBack = path === null ? null : cutSegment(req, path)
  return runUntilNext(
    (back) => entry.routes.handle(req, res, back),
    next,
    function leave(error) {
      putBack?.()
      // An error is answered in the name of the version; what is given back may be no part of it.
      if (isError(error)) return
      retract?.()
      if (before === undefined) chosenVersions.delete(req)
      else chosenVersions.set(req, before)
    },
  )
}

function isError(error: unknown): boolean {
  return Boolean(error) && error !== 'route' && error !== 'router'
}

function outcomeOf(refusal: VersionError | null): VersionOutcome {
  if (refusal === null) return 'served'
  return refusal.code === 'NOZOMI_SCHEMA_VERSION_GONE' ? 'gone' : 'brownout'
}

function refuse(
  { handling }: Selecting,
  error: VersionError,
  req: Request,
  res: Response,
  next: NextFunction,
): void {
  if (handling.refusals === 'next') {
    next(error)
    return
  }
  res.set(error.headers ?? {})
  sendProblem(req, res, { ...error.toProblem(), instance: req.originalUrl })
}

function countUse(
  { handling, now }: Selecting,
  entry: VersionEntry,
  outcome: VersionOutcome,
  req: Request,
  res: Response,
): void {
  let isCounted = false
  const count = () => {
    if (isCounted) return
    isCounted = true
    let consumer: string | null = null
    try {
      consumer = consumerName(handling.consumer?.(req))
    } catch (error) {
      warn('consumer', entry, error)
    }
    entry.usage.add(consumer, outcome, now())
    if (handling.onUse === undefined) return
    const use = { version: entry.name, req, consumer, outcome, status: res.statusCode }
    const tell = async () => handling.onUse?.(use)
    tell().catch((error) => warn('onUse', entry, error))
  }
  res.once('finish', count)
  // A client that went away before.
  res.once('close', count)
}

/** What only counts must not bring a request to fall, nor the process. */
function warn(option: string, { name }: VersionEntry, error: unknown): void {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.emitWarning(`\`${option}\` of version ${name} failed: ${reason}`, 'VersionUsageWarning')
}
