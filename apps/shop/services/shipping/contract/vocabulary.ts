/** The words that the service and its clients share, whatever carries them. */

export const SERVICE_LEVELS = ['standard', 'express', 'pickup'] as const
export type ServiceLevel = (typeof SERVICE_LEVELS)[number]

/** In the order in which a parcel comes through them; a parcel takes one of the two before the last. */
export const SHIPMENT_STATES = [
  'announced',
  'collected',
  'in_transit',
  'out_for_delivery',
  'ready_for_pickup',
  'delivered',
] as const
export type ShipmentState = (typeof SHIPMENT_STATES)[number]

/** Why a request was refused: sending it again does not help. A code is never given another meaning. */
export const REFUSAL_CODES = [
  'invalid-input',
  'too-large',
  'unknown-shipment',
  'order-shipped-differently',
] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]

export function isRefusalCode(code: string): code is RefusalCode {
  return REFUSAL_CODES.some((known) => known === code)
}

/** What is wrong with one field of a request. */
export interface FieldError {
  /** Its name, with dots where it is nested: `destination.country`. */
  readonly field: string
  /** To be read after the name: `is 0`. */
  readonly problem: string
  /** What would be right: `a whole number of grams from 1 to 30000`. */
  readonly expected: string
}

/** The field of an HTTP request that says how long its sender waits; gRPC has deadlines of its own. */
export const TIMEOUT_FIELD = 'Request-Timeout-Ms'

/** Names one call in the logs of both sides: a field of HTTP, and the same in the metadata of gRPC. */
export const REQUEST_ID_FIELD = 'X-Request-Id'
