import { type FieldError, SERVICE_LEVELS } from '../contract/vocabulary.js'
import { ShippingRefused } from './errors.js'
import type { Destination, QuoteRequest, ShipmentRequest } from './shipping-client.js'

/**
 * The fields of a request that are sent, and nothing else that the object may hold. Throws `ShippingRefused` for a
 * value that a transport could not carry as it is (half a gram, a level without a number of its own, half a
 * character): it would arrive as another one. What the values mean is for the service to check.
 */
export function sendableQuote({ weightGrams, destination, level }: QuoteRequest): QuoteRequest {
  const place = sendableDestination(destination)
  assertSendable([
    ...wrongWeight(weightGrams),
    ...wrongTexts(place),
    ...(level === undefined ? [] : wrongLevel(level)),
  ])
  return { weightGrams, destination: place, ...(level !== undefined && { level }) }
}

/** The same for a shipment. */
export function sendableShipment(request: ShipmentRequest): ShipmentRequest {
  const { orderId, weightGrams, level } = request
  const destination = sendableDestination(request.destination)
  assertSendable([
    ...wrongText('orderId', orderId),
    ...wrongWeight(weightGrams),
    ...wrongTexts(destination),
    ...wrongLevel(level),
  ])
  return { orderId, weightGrams, destination, level }
}

/** Security: it becomes a part of a path, and must not become two. */
export function sendableTracking(tracking: string): string {
  if (/^[A-Za-z0-9_-]{1,64}$/.test(tracking)) return tracking
  const expected = 'up to 64 letters and digits'
  throw refuse([{ field: 'tracking', problem: `is ${show(tracking)}`, expected }])
}

/** From JavaScript, it may be missing. */
function sendableDestination(destination: Destination | undefined | null): Destination {
  if (typeof destination === 'object' && destination !== null) {
    const { country, postalCode } = destination
    return { country, postalCode }
  }
  const expected = 'a country and a postal code'
  throw refuse([{ field: 'destination', problem: `is ${show(destination)}`, expected }])
}

function wrongWeight(weightGrams: number): FieldError[] {
  if (typeof weightGrams === 'number' && (weightGrams | 0) === weightGrams) return []
  const expected = 'a whole number of grams that fits into 32 bits'
  return [{ field: 'weightGrams', problem: `is ${show(weightGrams)}`, expected }]
}

function wrongTexts({ country, postalCode }: Destination): FieldError[] {
  return [...wrongText('destination.country', country), ...wrongText('destination.postalCode', postalCode)]
}

function wrongText(field: string, value: string): FieldError[] {
  if (typeof value === 'string' && !/\p{Cs}/u.test(value)) return []
  return [{ field, problem: `is ${show(value)}`, expected: 'well-formed text' }]
}

function wrongLevel(level: string): FieldError[] {
  if (SERVICE_LEVELS.some((known) => known === level)) return []
  const expected = `one of ${SERVICE_LEVELS.join(', ')}`
  return [{ field: 'level', problem: `is ${show(level)}`, expected }]
}

function assertSendable(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw refuse(errors)
}

function refuse(errors: readonly FieldError[]): ShippingRefused {
  const message = errors.map(({ field, problem, expected }) => `${field} ${problem}; expected ${expected}`)
  return new ShippingRefused('invalid-input', `${message.join('. ')}.`, errors)
}

function show(value: unknown): string {
  if (typeof value === 'number') return String(value)
  return JSON.stringify(value)?.slice(0, 60) ?? 'missing'
}
