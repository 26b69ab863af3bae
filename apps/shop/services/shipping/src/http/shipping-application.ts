import nozomi, { type ErrorRequestHandler, type Express, type RequestHandler, type Response } from 'nozomi'
import type { Shipment } from '../domain/shipment.js'
import type { Quote } from '../domain/tariff.js'
import type { Observation } from '../observation/observation.js'
import type { CreatedShipment, Shipping } from '../use-cases/shipping.js'
import type { Draining } from './draining.js'
import { asOperation, limited, noteFailure, observe } from './http-call.js'
import { createOperationsRoutes, type Readiness } from './operations-routes.js'
import { Problem, problemOf, unsupported } from './problem.js'
import { representQuote, representShipment } from './representation.js'

export interface ApplicationParts {
  readonly shipping: Shipping
  readonly observation: Observation
  readonly readiness: Readiness
  readonly draining: Draining
  readonly bodyLimitBytes: number
  readonly callLimitMs: number
}

/** The HTTP API, from top to bottom. */
export function createShippingApplication(parts: ApplicationParts): Express {
  const { shipping, observation, readiness, draining, bodyLimitBytes, callLimitMs } = parts
  const app = nozomi()
  app.disable('x-powered-by')
  app.use(draining.middleware)
  app.use(observe(observation))
  app.use(createOperationsRoutes(readiness, observation))
  const body = [needJson, nozomi.json({ limit: bodyLimitBytes })]

  app
    .route('/quotes')
    .all(asOperation('quote'))
    .post(
      body,
      limited(callLimitMs, (req, call) => shipping.quote(req.body, call), answerQuote),
    )
    .all(allowOnly('POST'))

  app
    .route('/shipments')
    .all(asOperation('createShipment'))
    .post(
      body,
      limited(callLimitMs, (req, call) => shipping.createShipment(req.body, call), answerCreated),
    )
    .all(allowOnly('POST'))

  app
    .route('/shipments/:tracking')
    .all(asOperation('track'))
    .get(
      limited(
        callLimitMs,
        (req, call) => shipping.find({ tracking: req.params.tracking }, call),
        answerShipment,
      ),
    )
    .all(allowOnly('GET', 'HEAD'))

  app.use(unknownRoute)
  app.use(answerProblem)
  return app
}

function answerQuote(res: Response, quote: Quote): void {
  res.set('Cache-Control', 'no-store').json(representQuote(quote))
}

function answerCreated(res: Response, { shipment, created }: CreatedShipment): void {
  res.set('Cache-Control', 'no-store').location(`/shipments/${shipment.tracking}`)
  res.status(created ? 201 : 200).json(representShipment(shipment))
}

/** With an entity tag, so that asking again costs little: 304 as long as nothing happened. */
function answerShipment(res: Response, shipment: Shipment): void {
  res.set('Cache-Control', 'no-cache').json(representShipment(shipment))
}

const needJson: RequestHandler = (req, _res, next) => {
  // Null, or nothing in it: there is no body, which the schema will say.
  if (req.is('json') === false && req.get('Content-Length') !== '0') {
    throw unsupported(`The body is ${JSON.stringify(req.get('Content-Type') ?? 'of no type')}; send JSON.`)
  }
  next()
}

const unknownRoute: RequestHandler = (req) => {
  throw new Problem('unknown-route', `There is nothing at ${req.method} ${JSON.stringify(req.path)}.`)
}

/** For the end of a route: the methods that are left have no handler. */
function allowOnly(...methods: readonly string[]): RequestHandler {
  const allow = ['OPTIONS', ...methods].toSorted().join(', ')
  return function allowOnlyHandler(req, res) {
    if (req.method === 'OPTIONS') {
      res.status(204).set('Allow', allow).end()
      return
    }
    const headers = { Allow: allow }
    throw new Problem('method-not-allowed', `${req.method} is not for ${req.path}; it has ${allow}.`, {
      headers,
    })
  }
}

/** Answers every error as `application/problem+json`. */
const answerProblem: ErrorRequestHandler = (error, _req, res, next) => {
  const problem = problemOf(error)
  if (problem.code === 'internal-error') noteFailure(res, error)
  // The framework then ends the connection, so that nobody takes the half for the whole.
  if (res.headersSent) return next(error)
  res
    .status(problem.status)
    .set({ 'Cache-Control': 'no-store', ...problem.headers })
    .type('application/problem+json')
    .send(JSON.stringify(problem))
}
