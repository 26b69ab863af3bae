import { noteCallSite } from './call-site.js'
import type { Guard } from './guard.js'
import type { Incidents } from './incidents.js'
import { nameSite } from './named.js'
import { type MakeWrapper, wrapMethods } from './patched-methods.js'
import type { RequestStates } from './request-states.js'
import type { Answer, RequestState, RunState } from './request-state.js'

export interface AnswersSetup {
  readonly guard: Guard
  readonly states: RequestStates
  readonly incidents: Incidents
  /** Who runs at this moment, as far as that is known. */
  readonly currentRun: (request: RequestState) => RunState | null
  /** The head is about to be written. */
  readonly beforeHead: (request: RequestState) => void
  readonly onStep: (request: RequestState) => void
}

type Method = (this: object, ...args: unknown[]) => unknown

/** What writes an answer, or begins to. */
const ANSWERING = ['end', 'write', 'writeHead', 'flushHeaders']
/** What can't be done any more when the head has been written. */
const BEFORE_HEAD = ['setHeader', 'setHeaders', 'appendHeader', 'removeHeader']

/**
 * Notes who answers a request, and who tries to once more.
 *
 * Invariant: what the methods get, give and throw is what it would be without Insight; an error of a second answer also
 * has the first one as its `cause`. There is one exception: a request that hung and was answered in its handler's place is
 * not answered again, and the handler, which could not know, gets no error.
 */
export class Answers {
  readonly #setup: AnswersSetup
  readonly #seen = new WeakSet<object>()

  constructor(setup: AnswersSetup) {
    this.#setup = setup
  }

  /** Puts itself on `app.response`; gives what takes it away. */
  watch(prototype: object): () => void {
    const undo = [
      wrapMethods(prototype, ANSWERING, (name, next) => this.#answering(name, next)),
      wrapMethods(prototype, BEFORE_HEAD, (name, next) => this.#beforeHead(name, next)),
    ]
    return () => {
      for (const one of undo) one()
    }
  }

  #answering(name: string, next: Method): ReturnType<MakeWrapper> {
    const { guard, states } = this.#setup
    return (res, args, caller) => {
      const request = states.of(res)
      if (request === undefined) return next.apply(res, args)
      if (request.isAnsweredForHandler && request.res.headersSent) return swallowed(res, name)
      try {
        this.#note(request, name, args, caller)
      } catch (error) {
        guard.warn('a response', error)
      }
      try {
        return next.apply(res, args)
      } catch (error) {
        guard.run('a response', () => this.#second(error, request, caller))
        guard.run('a response', () => forgetRefused(request))
        throw error
      }
    }
  }

  #beforeHead(name: string, next: Method): ReturnType<MakeWrapper> {
    const { guard, states } = this.#setup
    return (res, args, caller) => {
      if ((res as { headersSent?: unknown }).headersSent !== true) return next.apply(res, args)
      const request = states.of(res)
      if (request?.isAnsweredForHandler) return swallowed(res, name)
      try {
        return next.apply(res, args)
      } catch (error) {
        guard.run('a response', () => this.#second(error, request, caller))
        throw error
      }
    }
  }

  #note(request: RequestState, name: string, args: unknown[], caller: Method): void {
    const { incidents, currentRun, beforeHead, onStep } = this.#setup
    const now = performance.now()
    request.lastSignAt = now
    if (request.begun === null) {
      const answer = { site: noteCallSite(caller), run: currentRun(request) }
      request.begun = answer
      if (name === 'writeHead' && args.length > 1) request.headArguments = args.slice(1)
      if (name === 'end') this.#end(request, answer, now)
      if (!request.res.headersSent) beforeHead(request)
      onStep(request)
    } else if (name === 'end') {
      if (request.ended === null) {
        const isSame = request.begun.run === null
        this.#end(
          request,
          isSame ? request.begun : { site: noteCallSite(caller), run: currentRun(request) },
          now,
        )
        onStep(request)
      } else if (request.res.writableEnded) {
        const second = { site: noteCallSite(caller), run: currentRun(request) }
        incidents.answeredTwice(request, request.ended, second)
      }
    }
  }

  #end(request: RequestState, answer: Answer, now: number): void {
    request.ended = answer
    answer.run?.end('answered', now)
    request.closeAll(now)
  }

  /** An error that says "too late" gets the first answer as its cause. */
  #second(error: unknown, request: RequestState | undefined, caller: Method): void {
    if (!isHeadersSent(error) || this.#seen.has(error) || request === undefined) return
    this.#seen.add(error)
    const first = request.begun
    if (first === null) return
    const second = { site: noteCallSite(caller), run: this.#setup.currentRun(request) }
    this.#setup.incidents.answeredTwice(request, first, second)
    if (Object.isExtensible(error) && !('cause' in error)) {
      Object.defineProperty(error, 'cause', {
        value: this.#causeFrom(request, first),
        configurable: true,
        enumerable: false,
        writable: true,
      })
    }
  }

  #causeFrom(request: RequestState, first: Answer): Error {
    const where = nameSite(first.site, first.run)
    const cause = new Error(`${this.#setup.incidents.nameRequest(request)} was answered first ${where}`)
    const frames = first.site.stack.slice(first.site.stack.indexOf('\n') + 1)
    cause.stack = `${cause.name}: ${cause.message}\n${frames}`
    return cause
  }

  /** Whether an error is one of those that have been reported as a second answer. */
  isReported(error: unknown): boolean {
    return typeof error === 'object' && error !== null && this.#seen.has(error)
  }
}

/** A method that was called with something impossible has not answered. */
function forgetRefused(request: RequestState): void {
  if (request.res.headersSent || request.res.writableEnded) return
  request.begun = null
  request.ended = null
}

function isHeadersSent(error: unknown): error is Error {
  return error instanceof Error && (error as { code?: unknown }).code === 'ERR_HTTP_HEADERS_SENT'
}

/** What the method gives when it has done its work. */
function swallowed(res: object, name: string): unknown {
  if (name === 'write') return true
  return name === 'flushHeaders' || name === 'removeHeader' ? undefined : res
}
