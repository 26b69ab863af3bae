import type { Answers } from './answers.js'

/** What is read of a request. */
export interface AnsweredRequest {
  readonly method?: string
  readonly url?: string
  readonly baseUrl?: string
  readonly params?: unknown
  readonly route?: AnsweredRoute
}

export interface AnsweredRoute {
  readonly path?: unknown
  readonly stack?: readonly { readonly handle?: unknown }[]
}

/** What is read and replaced of a response. */
export interface AnsweringResponse {
  readonly req: AnsweredRequest
  statusCode: number
  getHeader(name: string): unknown
  json: Send
  jsonp: Send
  [heldAnswers]?: HeldAnswers
}

export type Send = (this: AnsweringResponse, value: unknown) => unknown

/** @internal Where a response keeps what it is held to. */
export const heldAnswers = Symbol('nozomi.schema.answers')

/**
 * What the answers to one request are held to.
 *
 * A contract of a route holds for the handlers of that route. It no longer holds once the request has entered another route; and an
 * answer of 400 or above is somebody else's when the request has left the route by an error. That is known by `req.params`, which a
 * router makes anew for each layer that it enters, and a route does not.
 *
 * A contract of middleware holds for all that comes after it. It may be above error handlers as well, so it refuses no status.
 */
export class HeldAnswers {
  /** The methods that were replaced: those of the framework, or of whoever had replaced them before. */
  readonly json: Send
  readonly jsonp: Send
  /** Of middleware. */
  #common: Answers | null
  /** Of the route, over those of middleware. */
  #all: Answers | null
  #route: AnsweredRoute | undefined
  #params: unknown
  /** An answer was refused; what reports that is not held to anything. */
  hasFailed: boolean

  constructor(json: Send, jsonp: Send) {
    this.json = json
    this.jsonp = jsonp
    this.#common = null
    this.#all = null
    this.#route = undefined
    this.#params = undefined
    this.hasFailed = false
  }

  addCommon(answers: Answers): void {
    this.#common = answers.over(this.#common)
    this.#all = null
    this.#route = undefined
  }

  addOfRoute(answers: Answers, { route, params }: AnsweredRequest): void {
    const before = this.#all !== null && this.#route === route ? this.#all : this.#common
    this.#all = answers.over(before)
    this.#route = route
    this.#params = params
  }

  /** Whether a handler of the route answers. */
  isOfRoute({ route, params }: AnsweredRequest, status: number): boolean {
    if (this.#all === null || this.#route !== route) return false
    return status < 400 || this.#params === params || replaces(params, this.#params)
  }

  answersFor(isOfRoute: boolean): Answers | null {
    return isOfRoute ? this.#all : this.#common
  }
}

/** Whether somebody has put parsed parameters in the place of those of the route: they have the same names. */
function replaces(params: unknown, ofRoute: unknown): boolean {
  const names = Object.keys(ofRoute ?? {})
  return names.length > 0 && names.every((name) => Object.hasOwn(params ?? {}, name))
}
