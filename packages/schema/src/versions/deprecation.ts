import type { Request, RequestHandler } from 'express-serve-static-core'
import { assertMembers, show } from '../problems/given.js'
import type { RoutesOf, Serves } from '../types/served.js'
import type { Step } from '../types/step.js'
import { addressInVersion } from './chosen-version.js'
import { type Announce, compileLifecycle, type Lifecycle } from './lifecycle.js'
import { createVersionLayer, type VersionLayer } from './version-layers.js'
import { runUntilNext } from './version-path.js'

/** What is said of routes that go, which are a part of a version, or of no version at all. */
export interface PartLifecycle extends Lifecycle {
  /**
   * Behind `version()` or `versions()`: the version that has these routes in another shape. Answers link to the same address there,
   * `rel="successor-version"`. Other addresses are given as `link.successor`.
   */
  readonly successor?: string
}

/**
 * A middleware that announces that the routes behind it go: `router.use(deprecation({ deprecated: new Date('2026-01-01'), sunset:
 * new Date('2027-01-01'), link: 'https://…' }))`. The OpenAPI document marks them as deprecated. `version()` has the same
 * options for all routes of a version.
 *
 * @throws TypeError for dates that contradict each other.
 */
export function deprecation(lifecycle: PartLifecycle): RequestHandler & Step<unknown>
/**
 * The same for the routes of one router, and for no others: `v1.use('/products', deprecation({ deprecated, successor: 'v2' },
 * products), images)`. Requests that these give back are no longer announced; errors are.
 *
 * @param routes A router, or any other handler.
 * @throws TypeError for dates that contradict each other, and for what is no handler.
 */
export function deprecation<Handler extends RequestHandler>(
  lifecycle: PartLifecycle,
  routes: Handler,
): RequestHandler & { readonly stack: readonly VersionLayer[] } & Serves<RoutesOf<Handler>>
export function deprecation(lifecycle: PartLifecycle, routes?: RequestHandler): RequestHandler {
  assertMembers('deprecation()', 'lifecycle', lifecycle, ['deprecated', 'sunset', 'link', 'successor'])
  const announce = announceOf(lifecycle)
  if (routes !== undefined) return announcing(announce, routes)
  const handler: RequestHandler = function announceDeprecation(req, res, next) {
    announce?.(req, res)
    next()
  }
  return Object.assign(handler, { '~contract': { contract: { deprecated: true }, options: {} } })
}

function announcing(announce: Announce | null, routes: RequestHandler): RequestHandler {
  if (typeof routes !== 'function') {
    throw new TypeError(`deprecation(): needs a router or another handler, not ${show(routes)}`)
  }
  const layer = createVersionLayer('/', routes, true, { name: null, isDeprecated: true })
  const handler: RequestHandler = function deprecatedRoutes(req, res, next) {
    const retract = announce?.(req, res)
    return runUntilNext(
      (back) => layer.handle(req, res, back),
      next,
      function leave(error) {
        // An error is answered in the name of the routes; what is given back may be no part of them.
        if (!error || error === 'route' || error === 'router') retract?.()
      },
    )
  }
  return Object.assign(handler, { stack: [layer] })
}

/** Where there is no version, there is no successor to link to. */
function announceOf({ successor, ...lifecycle }: PartLifecycle): Announce | null {
  if (successor === undefined) return compileLifecycle(lifecycle)
  if (typeof successor !== 'string') {
    throw new TypeError(`\`successor\` is the name of a version, not ${String(successor)}`)
  }
  const { link, sunset } = lifecycle
  const links = typeof link === 'string' ? { deprecation: link, sunset: sunset && link } : link
  const outside = compileLifecycle(lifecycle)
  const inside = compileLifecycle({
    ...lifecycle,
    link: { ...links, successor: (req: Request) => addressInVersion(successor, req) as string },
  })
  return (req, res) =>
    (addressInVersion(successor, req) === null ? outside : inside)?.(req, res) ?? retractNothing
}

function retractNothing(): void {}
