import type { RequestSignals } from './request-signal.js'
import type { RequestState } from './request-state.js'
import { formatDuration } from './named.js'

/*
 * What becomes of a request that hung for too long: its client is told, and its handler may stop.
 */

interface Answerable {
  statusCode: number
  headersSent: boolean
  getHeaderNames?: () => string[]
  removeHeader?: (name: string) => void
  setHeader?: (name: string, value: string) => unknown
  end?: (body: string) => unknown
}

/** What a handler had set for an answer of its own. */
const OF_OTHER_ANSWER =
  /^(?:content-|etag$|last-modified$|cache-control$|expires$|location$|transfer-encoding$|trailer$)/i

const BODY = 'Service Unavailable\n'

/**
 * Answers 503, if nothing was sent; an answer that has begun is left as it is. `req.signal` is aborted in any case.
 */
export function answerForHandler(
  request: RequestState,
  signals: RequestSignals | null,
  afterMs: number,
): void {
  if (request.isGivenUp) return
  request.isGivenUp = true
  const reason = new Error(`The request has had no answer for ${formatDuration(afterMs)}`)
  reason.name = 'TimeoutError'
  const res = request.res as Answerable
  try {
    if (!res.headersSent) {
      request.isAnsweredForHandler = true
      sendUnavailable(res, request.method === 'HEAD')
    }
  } finally {
    signals?.abort(request.req, reason)
  }
}

function sendUnavailable(res: Answerable, isHead: boolean): void {
  for (const name of res.getHeaderNames?.() ?? []) if (OF_OTHER_ANSWER.test(name)) res.removeHeader?.(name)
  res.statusCode = 503
  res.setHeader?.('Content-Type', 'text/plain; charset=utf-8')
  res.setHeader?.('Content-Length', String(BODY.length))
  res.setHeader?.('Cache-Control', 'no-store')
  res.end?.(isHead ? '' : BODY)
}
