import type { Shipment } from '../domain/shipment.js'
import type { Quote } from '../domain/tariff.js'

export function representQuote({ options }: Quote): object {
  return {
    options: options.map(({ level, price, delivery }) => ({
      level,
      price: { amount: price.amount, currency: price.currency },
      delivery: { min: delivery.min, max: delivery.max },
    })),
  }
}

export function representShipment(shipment: Shipment): object {
  const { tracking, orderId, weightGrams, destination, level, price, delivery, history } = shipment
  return {
    tracking,
    orderId,
    weightGrams,
    destination: { country: destination.country, postalCode: destination.postalCode },
    level,
    price: { amount: price.amount, currency: price.currency },
    delivery: { min: delivery.min, max: delivery.max },
    history: history.map(({ state, at }) => ({ state, at: at.toISOString() })),
  }
}
