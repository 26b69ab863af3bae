import { STATUS_CODES } from 'node:http'
import type { Request, Response } from 'express-serve-static-core'
import type { Problem } from './problem.js'

/**
 * How every problem is answered. Written with node's own methods: `res.json()` would hold a problem to the answers that the route
 * declares, and `res.send()` might make a 304 of it.
 */
export function sendProblem(req: Request, res: Response, problem: Problem): void {
  const text = JSON.stringify(problem)
  res.statusCode = problem.status
  // HTTP/2 has no reason phrase. A title may have letters that none can have.
  if (req.httpVersionMajor < 2) res.statusMessage = STATUS_CODES[problem.status] ?? 'Error'
  res.setHeader('X-Content-Type-Options', 'nosniff')
  res.setHeader('Content-Type', 'application/problem+json; charset=utf-8')
  res.setHeader('Content-Length', Buffer.byteLength(text))
  if (req.method === 'HEAD') res.end()
  else res.end(text)
  // A parser that gave up may have stopped the body: the connection could take no other request.
  if (!req.complete && !req.destroyed) {
    req.unpipe()
    req.resume()
  }
}
