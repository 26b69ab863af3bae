import type { RequestHandler } from 'express'
import type { Contract, ValidateOptions } from '#dist/index.js'

/** Middleware that carries a contract and lets everything through: of a route only what it carries is read. */
export function step(contract: Contract, options: ValidateOptions = {}): RequestHandler {
  const handler: RequestHandler = (_req, _res, next) => next()
  return Object.assign(handler, { '~contract': { contract, options } })
}

/** The end of a route. */
export const end: RequestHandler = (_req, res) => void res.end()
