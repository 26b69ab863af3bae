import { inject } from '../server/inject/inject.js'
import type { InjectOptions } from '../types/in-process.js'
import { Injection } from '../server/inject/injection.js'
import { answering, type Target } from './target.js'

type Asked = InjectOptions | string | URL

/**
 * Asks an application, a router alone, or any listener for requests of node:http (an application of stock Express is one),
 * in the same process. Gives the answer when it is awaited.
 */
export function injectInto(target: Target, options?: Asked): Injection {
  const { classes, listener } = answering(target)
  return new Injection((all) => inject(classes, listener, all), options)
}
