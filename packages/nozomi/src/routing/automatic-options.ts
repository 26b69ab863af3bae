import type { Next, RoutableResponse } from './messages.js'

/** Answers an OPTIONS request that no handler answered with the methods of the routes that matched its path. */
export function answerOptions(res: RoutableResponse, allowed: readonly string[], done: Next): void {
  try {
    const allow = [...new Set(allowed)].toSorted().join(', ')
    res.setHeader('Allow', allow)
    res.setHeader('Content-Length', Buffer.byteLength(allow))
    res.setHeader('Content-Type', 'text/plain')
    res.setHeader('X-Content-Type-Options', 'nosniff')
    res.end(allow)
  } catch (error) {
    done(error)
  }
}
