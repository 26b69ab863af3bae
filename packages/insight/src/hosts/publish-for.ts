import type { AnyApplication } from '../types/stack.js'
import { frameworkOf } from './framework-of.js'
import { paramPatches } from './publish-params.js'
import { layerPatches } from './publish-layers.js'
import { applicationPatches } from './publish-requests.js'

/**
 * Makes an application of stock Express publish what Nozomi publishes (types/events.ts): its requests and servers, and the
 * handlers of all applications of its copy of Express. Nozomi does so itself: there, and for what is no application, nothing is
 * done.
 *
 * @returns stops it, once all who asked have done so
 */
export function publishFor(app: AnyApplication): () => void {
  const framework = frameworkOf(app)
  if (framework === null || framework.publishes) return () => {}
  const releases = [
    layerPatches.hold(framework.layerPrototype),
    paramPatches.hold(framework.routerPrototype),
    applicationPatches.hold(app),
  ]
  return () => {
    for (const release of releases) release()
  }
}
