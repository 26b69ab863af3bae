import Module, { createRequire } from 'node:module'
import { type FrameworkModule, watchFramework } from '@nozomi/insight'

const NAMES = ['nozomi', 'express']

/**
 * Watches what is registered with the frameworks of a file, from before it is loaded: so that each layer is known with the line
 * that added it. These are the frameworks that the file gets by their name, and any other copy, from the moment it is loaded.
 * One that is no Express 5 is left alone; its layers then have the place of their function.
 */
export function watchFrameworks(file: string): void {
  const watched = new WeakSet<object>()
  const watch = (framework: unknown): void => {
    if (!isFramework(framework) || watched.has(framework)) return
    watched.add(framework)
    tryTo(() => watchFramework(framework))
  }
  const require = createRequire(file)
  for (const name of NAMES) tryTo(() => watch(require(name)))
  watchLoading(watch)
}

/** Both ways of importing come by here where the module is CommonJS, as Express and Nozomi are. */
function watchLoading(watch: (module: unknown) => void): void {
  const loader = Module as unknown as { _load(...args: unknown[]): unknown }
  const load = loader._load
  if (typeof load !== 'function') return
  loader._load = function loadAndWatch(this: unknown, ...args: unknown[]): unknown {
    const loaded = Reflect.apply(load, this, args)
    watch(loaded)
    return loaded
  }
}

function isFramework(value: unknown): value is FrameworkModule {
  if (typeof value !== 'function') return false
  const { application, Router } = value as { application?: unknown; Router?: unknown }
  return typeof application === 'object' && application !== null && typeof Router === 'function'
}

/** What is not installed, or broken, the application says itself. */
function tryTo(act: () => void): void {
  try {
    act()
  } catch {
    // As it says above.
  }
}
