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
 * A contract of a route holds for the handlers of that route. Once the request has entered another route, it no longer holds, unless that is
 * of the same path: then it is to that one as middleware is (`app.all()` in front of `app.get()`). And an answer of 400 or above is somebody else's when the request has left the route by an error. That is known by `req.params`, which a
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
  /** What the router of the route is mounted on. */
  #baseUrl: string | undefined
  /** An answer was refused; what reports that is not held to anything. */
  hasFailed: boolean

  constructor(json: Send, jsonp: Send) {
    this.json = json
    this.jsonp = jsonp
    this.#common = null
    this.#all = null
    this.#route = undefined
    this.#params = undefined
    this.#baseUrl = undefined
    this.hasFailed = false
  }

  addCommon(answers: Answers): void {
    this.#common = answers.over(this.#common)
    this.#all = null
    this.#route = undefined
  }

  addOfRoute(answers: Answers, req: AnsweredRequest): void {
    this.#all = answers.over(this.#isOfPath(req) ? this.#all : this.#common)
    this.#route = req.route
    this.#params = req.params
    this.#baseUrl = req.baseUrl
  }

  /** Whether a handler of the route answers. */
  isOfRoute({ route, params }: AnsweredRequest, status: number): boolean {
    if (this.#all === null || this.#route !== route) return false
    return status < 400 || this.#params === params || replaces(params, this.#params)
  }

  /** What an answer is held to. @param isOfRoute what `isOfRoute()` gave for it */
  answersFor(isOfRoute: boolean, req: AnsweredRequest, status: number): Answers | null {
    if (isOfRoute) return this.#all
    const isOfPath = this.#route !== req.route && status < 400 && this.#isOfPath(req)
    return isOfPath ? this.#all : this.#common
  }

  /** Whether a request is in the route that was entered last, or in another one of its path. */
  #isOfPath({ route, baseUrl }: AnsweredRequest): boolean {
    if (this.#all === null || route === undefined || this.#route === undefined) return false
    if (this.#route === route) return true
    return this.#baseUrl === baseUrl && samePath(this.#route.path, route.path)
  }
}

/** As the document has it: whatever the names of parameters. */
function samePath(one: unknown, other: unknown): boolean {
  return one === other || unnamed(one) === unnamed(other)
}

function unnamed(path: unknown): string {
  return String(path).replaceAll(/([:*])\w+/gu, '$1')
}

/** Whether somebody has put parsed parameters in the place of those of the route: they have the same names. */
function replaces(params: unknown, ofRoute: unknown): boolean {
  const names = Object.keys(ofRoute ?? {})
  return names.length > 0 && names.every((name) => Object.hasOwn(params ?? {}, name))
}
