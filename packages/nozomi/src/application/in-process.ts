import type { RequestListener } from 'node:http'
import { answerFetch } from '../server/fetch/answer-fetch.js'
import { inject } from '../server/inject/inject.js'
import type { FetchContext, InjectOptions } from '../types/in-process.js'
import { Injection } from '../server/inject/injection.js'
import { type ApplicationState, messageClasses } from './state.js'

export const inProcessMembers: object & ThisType<ApplicationState> = {
  /**
   * Asks the application in the same process: no port, no socket. Gives the answer when it is awaited; until then more
   * can be said of the request.
   */
  inject(options?: InjectOptions | string | URL): Injection {
    const listener = this as unknown as RequestListener
    return new Injection((all) => inject(this[messageClasses], listener, all), options)
  },

  /** Answers a Web `Request` with a `Response`, where there is no server, or where only these exist. */
  fetch(request: Request, context?: FetchContext): Promise<Response> {
    return answerFetch(this[messageClasses], this as unknown as RequestListener, request, context)
  },
}
