import type { RequestHandler } from '../framework.js'
import { invalidInput } from '../problems/invalid-input.js'

/**
 * For routes that change something, and read no body: refuses one. Who sends it means something by it that would not
 * be done. What is read (GET) may bring one: it has no meaning there (RFC 9110 §9.3.1), and nothing depends on it.
 */
export const noBody: RequestHandler = (req, _res, next) => {
  // RFC 9112 §6.3: there is a body when one of these fields says so.
  const isSent = req.get('Transfer-Encoding') !== undefined || Number(req.get('Content-Length') ?? 0) > 0
  if (!isSent) return next()
  throw invalidInput([
    { in: 'body', field: '', problem: 'was sent', expected: 'no body', code: 'not_allowed' },
  ])
}
