import type { NextFunction, Request } from 'express-serve-static-core'

/** The first segment of a url: `/v1` of `/v1/users?x`, with what stands before it of a target in absolute form. */
export interface FirstSegment {
  readonly origin: string
  /** With its slash; empty where there is none. */
  readonly segment: string
}

/** RFC 9112 §3.2.2: a request may name its whole address. */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i

export function firstSegmentOf(url: string): FirstSegment {
  const origin = url.startsWith('/') ? '' : (ORIGIN.exec(url)?.[0] ?? '')
  const segment = /^\/[^/?#]*/.exec(url.slice(origin.length))?.[0] ?? ''
  return { origin, segment }
}

/**
 * Hides a segment from the routes behind it, as a mount does: cut off `req.url`, and put to `req.baseUrl`. What it returns puts both
 * back.
 */
export function cutSegment(req: Request, { origin, segment }: FirstSegment): () => void {
  const { baseUrl } = req
  const rest = req.url.slice(origin.length + segment.length)
  // Parity: a url begins with a slash, which goes again on the way out.
  const slashAdded = origin === '' && !rest.startsWith('/')
  req.url = slashAdded ? `/${rest}` : origin + rest
  req.baseUrl = (baseUrl ?? '') + segment
  return function putBack() {
    const { url } = req
    const isRoot = url === '/' || url.startsWith('/?')
    // Unless somebody rewrote it in between.
    const inside = slashAdded && isRoot ? url.slice(1) : url.slice(origin.length)
    req.url = origin + segment + inside
    req.baseUrl = baseUrl
  }
}

/** Runs a handler, and `before` when it gives the request back: by `next`, by an error thrown, by a promise rejected. */
export function runUntilNext(
  run: (next: NextFunction) => unknown,
  next: NextFunction,
  before: (error: unknown) => void,
): unknown {
  let isBack = false
  const giveBack = (error?: unknown) => {
    if (!isBack) before(error)
    isBack = true
  }
  const failed = (error: unknown): never => {
    giveBack(error)
    throw error
  }
  const back = ((error?: unknown) => {
    giveBack(error)
    next(error)
  }) as NextFunction
  try {
    const result = run(back)
    return isThenable(result) ? result.then(undefined, failed) : result
  } catch (error) {
    return failed(error)
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function'
}
