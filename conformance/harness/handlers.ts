import type { ErrorRequestHandler, Request, Response } from 'express'
import { describe } from './describe.js'

/** Handlers that many scenarios end with. */

/** Answers what routing has made of the request. */
export function answerRouting(req: Request, res: Response): void {
  res.json({ params: req.params, url: req.url, baseUrl: req.baseUrl, path: req.path })
}

/** Answers an error's facts as text, with its status. */
export const answerError: ErrorRequestHandler = (error, _req, res, _next) => {
  const status = typeof error?.status === 'number' ? error.status : 500
  res.status(status).type('text/plain').send(describe(error))
}
