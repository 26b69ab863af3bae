import type { Shipment, ShipmentEvent } from './shipping-client.js'

/** Each event once, from snapshots of a shipment that hold all events so far. */
export async function* newEvents(snapshots: AsyncIterable<Shipment>): AsyncGenerator<ShipmentEvent> {
  let given = 0
  for await (const { history } of snapshots) {
    yield* history.slice(given)
    given = history.length
  }
}
