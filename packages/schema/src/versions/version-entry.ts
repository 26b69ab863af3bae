import type { Request, RequestHandler } from 'express-serve-static-core'
import type { VersionMark } from '../operations/version-marks.js'
import { show } from '../problems/given.js'
import { type BrownoutEnd, compileBrownouts } from './brownouts.js'
import { deprecation } from './deprecation.js'
import { type Announce, compileLifecycle, type Lifecycle } from './lifecycle.js'
import { UsageCounter } from './usage.js'
import { createVersionError, type VersionError } from './version-error.js'
import { createVersionLayer, type VersionLayer } from './version-layers.js'
import { assertName } from './version-names.js'
import type { VersionLife } from './version-options.js'
import { firstSegmentOf } from './version-path.js'

/** One version, with all that is known of it at registration. */
export interface VersionEntry {
  readonly name: string
  readonly isDefault: boolean
  readonly announce: Announce | null
  /** Why it answers nothing at a time; null when it does. */
  readonly refusalAt: (nowMs: number) => VersionError | null
  readonly usage: UsageCounter
  /** What requests of the version go to. */
  readonly routes: VersionLayer
  /** What readers of stacks see. */
  readonly layers: readonly VersionLayer[]
}

interface Known {
  readonly isInPath: boolean
  readonly maxConsumers: number
}

/** @throws TypeError for what is no handler, and for dates that make no sense; ContractError for brownouts that make none. */
export function createEntry(
  name: string,
  handler: RequestHandler,
  life: VersionLife,
  { isInPath, maxConsumers }: Known,
): VersionEntry {
  assertName(name)
  if (typeof handler !== 'function') {
    throw new TypeError(`version ${name}: needs a router or another handler, not ${show(handler)}`)
  }
  const isDefault = life.default === true
  const lifecycle = lifecycleOf(name, life, isInPath)
  const path = isInPath ? `/${name}` : '/'
  const mark: VersionMark = { name, isDeprecated: life.deprecated !== undefined }
  const routes = createVersionLayer(path, handler, isDefault, mark)
  // For who lists what routes pass. Not where versions share their paths: readers would take it to stand before all of them.
  const announces = isInPath && life.deprecated !== undefined
  const before = announces ? [createVersionLayer(path, deprecation(lifecycle), isDefault, mark)] : []
  return {
    name,
    isDefault,
    announce: compileLifecycle(lifecycle),
    refusalAt: compileRefusal(name, life),
    usage: new UsageCounter(name, maxConsumers),
    routes,
    layers: [...before, routes],
  }
}

function lifecycleOf(name: string, life: VersionLife, isInPath: boolean): Lifecycle {
  const { successor, deprecated, sunset, link } = life
  const own: Lifecycle = {
    ...(deprecated !== undefined && { deprecated }),
    ...(sunset !== undefined && { sunset }),
    ...(link !== undefined && { link }),
  }
  if (successor === undefined) return own
  if (!isInPath) {
    throw new TypeError(
      `version ${name}: \`successor\` needs versions in the path; else give \`link.successor\``,
    )
  }
  const links = typeof link === 'string' ? { deprecation: link, sunset: sunset && link } : link
  return { ...own, link: { ...links, successor: (req) => addressIn(successor, name, req) } }
}

function compileRefusal(
  name: string,
  { sunset, afterSunset = 'serve', brownouts = [], brownoutStatus = 410 }: VersionLife,
): VersionEntry['refusalAt'] {
  if (afterSunset === 'gone' && sunset === undefined) {
    throw new TypeError(`version ${name}: \`afterSunset\` needs the date of \`sunset\``)
  }
  const end = afterSunset === 'gone' && sunset !== undefined ? sunset.getTime() : null
  const brownoutEnd: BrownoutEnd = compileBrownouts('version()', brownouts)
  return function refusalAt(nowMs) {
    if (end !== null && nowMs >= end) return gone(name, new Date(end))
    const until = brownoutEnd(nowMs)
    return until === null ? null : brownedOut(name, brownoutStatus, nowMs, until)
  }
}

function gone(name: string, end: Date): VersionError {
  const sunset = end.toISOString()
  const extensions = { version: name, sunset }
  return createVersionError('NOZOMI_SCHEMA_VERSION_GONE', [name, sunset], { extensions })
}

/** RFC 9110 §15.5.11: caches may keep a 410, and this one ends. */
function brownedOut(name: string, status: number, nowMs: number, untilMs: number): VersionError {
  const until = new Date(untilMs).toISOString()
  return createVersionError('NOZOMI_SCHEMA_VERSION_BROWNOUT', [name, until], {
    status,
    headers: { 'Retry-After': String(Math.ceil((untilMs - nowMs) / 1000)), 'Cache-Control': 'no-store' },
    extensions: { version: name, until },
  })
}

/** The address of a request in the version that comes after: `/api/v2/users?x` for `/api/v1/users?x`. */
function addressIn(successor: string, own: string, req: Request): string {
  const { origin, segment } = firstSegmentOf(req.url)
  const isCut = segment.slice(1).toLowerCase() === own.toLowerCase()
  const rest = req.url.slice(origin.length + (isCut ? segment.length : 0))
  const address = `${req.baseUrl}/${successor}${rest}`
  // Security: two slashes would begin the name of a host.
  return address.replace(/^\/{2,}/, '/')
}
