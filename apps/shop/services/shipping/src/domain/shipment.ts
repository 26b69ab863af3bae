import type { FieldError, ServiceLevel, ShipmentState } from '../../contract/vocabulary.js'
import { type Destination, placeOf } from './destination.js'
import { Refused } from './refused.js'
import { type Money, quoteFor, type WorkingDays } from './tariff.js'

/** What the shop asks to be sent. */
export interface ShipmentDetails {
  /** The shop's name for the order. An order is shipped once. */
  readonly orderId: string
  readonly weightGrams: number
  readonly destination: Destination
  readonly level: ServiceLevel
}

export interface ShipmentEvent {
  readonly state: ShipmentState
  readonly at: Date
}

/** A parcel on its way. Immutable: each step makes a new one. */
export interface Shipment extends ShipmentDetails {
  readonly tracking: string
  readonly price: Money
  readonly delivery: WorkingDays
  /** The oldest first; the last one is the present state. Never empty. */
  readonly history: readonly ShipmentEvent[]
}

const TO_THE_DOOR: readonly ShipmentState[] = [
  'announced',
  'collected',
  'in_transit',
  'out_for_delivery',
  'delivered',
]
const TO_A_PICKUP_POINT: readonly ShipmentState[] = [
  'announced',
  'collected',
  'in_transit',
  'ready_for_pickup',
  'delivered',
]

/** A new shipment. Throws `Refused`, naming the field, when it can not be sent. */
export function announce(details: ShipmentDetails, tracking: string, now: Date): Shipment {
  const { orderId, weightGrams, level } = details
  const { country, postalCode } = placeOf(details.destination)
  const destination = { country, postalCode }
  const [option] = quoteFor({ weightGrams, destination }, level).options
  if (option === undefined) throw new RangeError(`a quote for ${level} holds no option`)
  const { price, delivery } = option
  const history = [{ state: 'announced', at: now }] as const
  return { tracking, orderId, weightGrams, destination, level, price, delivery, history }
}

/** The shipment one state further; the same one when it has arrived. */
export function advance(shipment: Shipment, now: Date): Shipment {
  const states = statesOf(shipment.level)
  const state = states[states.indexOf(stateOf(shipment)) + 1]
  return state === undefined ? shipment : { ...shipment, history: [...shipment.history, { state, at: now }] }
}

export function stateOf({ history }: Shipment): ShipmentState {
  return history.at(-1)?.state ?? 'announced'
}

export function hasArrived(shipment: Shipment): boolean {
  return stateOf(shipment) === 'delivered'
}

/** The states that a parcel comes through, in order. */
export function statesOf(level: ServiceLevel): readonly ShipmentState[] {
  return level === 'pickup' ? TO_A_PICKUP_POINT : TO_THE_DOOR
}

/** Throws `Refused`, naming each field that differs, when the order was shipped with other details. */
export function assertSameDetails(shipment: Shipment, details: ShipmentDetails): void {
  const { country, postalCode } = placeOf(details.destination)
  const compared: readonly (readonly [field: string, asked: unknown, shipped: unknown])[] = [
    ['weightGrams', details.weightGrams, shipment.weightGrams],
    ['destination.country', country, shipment.destination.country],
    ['destination.postalCode', postalCode, shipment.destination.postalCode],
    ['level', details.level, shipment.level],
  ]
  const fields: FieldError[] = compared
    .filter(([, asked, shipped]) => asked !== shipped)
    .map(([field, asked, shipped]) => ({
      field,
      problem: `is ${JSON.stringify(asked)}, and was not when this order was shipped`,
      expected: `${JSON.stringify(shipped)}, or another orderId`,
    }))
  if (fields.length === 0) return
  const names = fields.map(({ field }) => field).join(', ')
  throw new Refused(
    'order-shipped-differently',
    `The order ${JSON.stringify(details.orderId)} was shipped already, with another ${names}.`,
    fields,
  )
}
