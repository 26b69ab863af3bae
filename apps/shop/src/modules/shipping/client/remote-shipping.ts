import { type ResilientShippingClient, ShippingRefused } from '#shipping/client/index.js'
import { ShipmentRefused } from '../../orders/domain/errors.js'
import type { Shipment, ShipmentRequest, Shipping } from '../../orders/services/shipping.js'
import { traceFields } from './trace-fields.js'

/** The shipping service, as the orders know it. What can not be reached now rejects, and the order is tried again. */
export class RemoteShipping implements Shipping {
  readonly #client: Pick<ResilientShippingClient, 'createShipment'>
  readonly #requestId: () => string | undefined

  /** `requestId` names the request that is under way, for the log of the service. */
  constructor(client: Pick<ResilientShippingClient, 'createShipment'>, requestId: () => string | undefined) {
    this.#client = client
    this.#requestId = requestId
  }

  async createShipment(request: ShipmentRequest): Promise<Shipment> {
    try {
      const options = { requestId: this.#requestId(), fields: traceFields() }
      const { tracking, price, delivery } = await this.#client.createShipment(request, options)
      return { tracking, price, delivery }
    } catch (error) {
      if (error instanceof ShippingRefused) throw new ShipmentRefused(error.message)
      throw error
    }
  }
}
