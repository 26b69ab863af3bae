import type { RequestListener } from 'node:http'
import type { Router } from '../routing/router.js'
import type { CarriedClasses } from '../server/carried-classes.js'
import { createApplication } from './application.js'
import { type ApplicationState, messageClasses } from './state.js'

/** What can answer requests: an application, a router alone, or any listener for requests of node:http. */
export type Target = ApplicationState | Router | RequestListener

/** Who answers, and with which messages. */
export function answering(target: Target): { classes: CarriedClasses; listener: RequestListener } {
  if (isRouter(target)) return answering(createApplication().use(target))
  const classes = messageClasses in target ? target[messageClasses] : {}
  return { classes, listener: target as RequestListener }
}

/** Routers call `next`, which a listener is not given: an application answers what they don't. */
function isRouter(target: object): target is Router {
  return 'stack' in target && Array.isArray(target.stack)
}
