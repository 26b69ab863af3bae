import type { RouteToProbe } from './side-messages.js'

/*
 * The paths that are probed when no traffic is given. They are read from Nozomi's side alone, whose layers keep the
 * paths as they were registered; both sides are then asked for the same.
 */

interface LayerLike {
  readonly handle?: unknown
  readonly rawPath?: unknown
  readonly route?: { readonly path?: unknown; readonly methods?: Record<string, boolean> }
}

interface Owner {
  readonly stack?: readonly LayerLike[]
}

/** By the function that stands in the stack of the parent: the application behind it. */
type Mounts = WeakMap<object, Owner>

interface NozomiApplication {
  readonly router: { readonly stack: readonly LayerLike[] }
}

/** What is looked at and no more, so that no stack is too large. */
const MAX_ROUTES = 2000
const MAX_DEPTH = 20

/** Remembers which application stands behind a `mounted_app`, from now on. */
export function watchMounts(framework: { application: { use: (...args: unknown[]) => unknown } }): Mounts {
  const mounts: Mounts = new WeakMap()
  const { use } = framework.application
  framework.application.use = function use_(this: NozomiApplication, ...args: unknown[]) {
    const before = this.router.stack.length
    const result = use.apply(this, args)
    const applications = args.flat(Number.POSITIVE_INFINITY).filter(isApplication)
    const added = this.router.stack.slice(before).filter(({ handle }) => nameOf(handle) === 'mounted_app')
    added.forEach(({ handle }, index) => {
      const application = applications[index]
      if (application) mounts.set(handle as object, application.router)
    })
    return result
  }
  return mounts
}

/** @returns the routes with the paths of their mounts; those with a regular expression in their path are left out. */
export function readRoutes(application: unknown, mounts: Mounts): RouteToProbe[] {
  if (!isApplication(application)) return []
  const found: RouteToProbe[] = []
  walk(application.router, [''], mounts, found, 0)
  return found
}

function walk(owner: Owner, prefixes: string[], mounts: Mounts, found: RouteToProbe[], depth: number): void {
  if (depth > MAX_DEPTH) return
  for (const layer of owner.stack ?? []) {
    if (found.length >= MAX_ROUTES) return
    if (layer.route) {
      const { path, methods = {} } = layer.route
      const verbs = Object.keys(methods).filter((name) => methods[name])
      const names = verbs.includes('_all') ? [] : verbs.map((name) => name.toUpperCase())
      for (const joined of join(prefixes, path)) found.push({ path: joined, methods: names })
      continue
    }
    const inner = mounts.get(layer.handle as object) ?? (layer.handle as Owner | undefined)
    if (inner?.stack) walk(inner, join(prefixes, layer.rawPath), mounts, found, depth + 1)
  }
}

function join(prefixes: readonly string[], path: unknown): string[] {
  const paths = [path].flat().filter((one): one is string => typeof one === 'string')
  return prefixes.flatMap((prefix) => paths.map((one) => `${prefix.replace(/\/$/, '')}${one}`))
}

function isApplication(value: unknown): value is NozomiApplication {
  const { router, set } = (value ?? {}) as { router?: unknown; set?: unknown }
  return typeof value === 'function' && typeof set === 'function' && typeof router === 'function'
}

function nameOf(value: unknown): string {
  return typeof value === 'function' ? value.name : ''
}
