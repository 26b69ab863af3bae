import { setMaxListeners } from 'node:events'
import type { Server as GrpcServer } from '@grpc/grpc-js'
import type { Express } from 'nozomi'
import type { Logger } from 'pino'
import type { Shipment } from '../domain/shipment.js'
import { createShippingGrpcServer } from '../grpc/shipping-grpc-server.js'
import { Draining } from '../http/draining.js'
import { createShippingApplication } from '../http/shipping-application.js'
import { Observation } from '../observation/observation.js'
import { Unavailable } from '../use-cases/call.js'
import { Courier } from '../use-cases/courier.js'
import { type Faults, FaultyShipping } from '../use-cases/faults.js'
import type { Journal } from '../use-cases/journal.js'
import { Shipments } from '../use-cases/shipments.js'
import { ShippingDesk } from '../use-cases/shipping-desk.js'
import type { Configuration } from './configuration.js'

export interface ServiceParts {
  readonly journal: Journal
  /** What the journal had. */
  readonly kept: readonly Shipment[]
  readonly log: Logger
  readonly faults: Readonly<Faults> | undefined
}

export interface Service {
  readonly app: Express
  readonly grpc: GrpcServer
  readonly courier: Courier
  readonly draining: Draining
  /** Aborting it ends the streams. */
  readonly stopping: AbortController
}

/** Puts the service together: one set of use cases, behind both transports. */
export function compose(configuration: Configuration, { journal, kept, log, faults }: ServiceParts): Service {
  const { stepMs, maxShipments, bodyLimitBytes, callLimitMs } = configuration
  const shipments = new Shipments({ journal, capacity: maxShipments, kept })
  const courier = new Courier({ shipments, stepMs, now, log })
  const desk = new ShippingDesk({ shipments, courier, now })
  const shipping = faults ? new FaultyShipping(desk, faults) : desk
  const observation = new Observation(log, shipments)
  const draining = new Draining()
  const stopping = new AbortController()
  // Every open stream listens to it.
  setMaxListeners(0, stopping.signal)
  const accepting = async (): Promise<void> => {
    if (draining.hasBegun) throw new Unavailable('the service stops')
  }
  const readiness = { checks: { accepting, storage: () => journal.check() } }
  const shared = { shipping, observation, callLimitMs }
  return {
    app: createShippingApplication({ ...shared, readiness, draining, bodyLimitBytes }),
    grpc: createShippingGrpcServer({
      ...shared,
      stopping: stopping.signal,
      messageLimitBytes: bodyLimitBytes,
    }),
    courier,
    draining,
    stopping,
  }
}

function now(): Date {
  return new Date()
}
