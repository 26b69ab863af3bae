import type { RequestListener } from 'node:http'
import type { Router } from '../routing/router.js'
import { inject } from '../server/inject/inject.js'
import type { InjectOptions } from '../types/in-process.js'
import { Injection } from '../server/inject/injection.js'
import { createApplication } from './application.js'
import { type ApplicationState, messageClasses } from './state.js'

type Asked = InjectOptions | string | URL

/**
 * Asks an application, a router alone, or any listener for requests of node:http (an application of stock Express is one),
 * in the same process. Gives the answer when it is awaited.
 */
export function injectInto(target: ApplicationState | Router | RequestListener, options?: Asked): Injection {
  if (isRouter(target)) return injectInto(createApplication().use(target), options)
  const classes = messageClasses in target ? target[messageClasses] : {}
  return new Injection((all) => inject(classes, target as RequestListener, all), options)
}

/** Routers call `next`, which a listener is not given: an application answers what they don't. */
function isRouter(target: object): target is Router {
  return 'stack' in target && Array.isArray(target.stack)
}
