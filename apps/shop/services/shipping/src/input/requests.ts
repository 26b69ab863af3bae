import { z } from 'zod'
import { SERVICE_LEVELS } from '../../contract/vocabulary.js'
import { WEIGHT_LIMIT_GRAMS } from '../domain/tariff.js'
import { isTrackingNumber, TRACKING_NUMBER_EXAMPLE } from '../domain/tracking-number.js'

/** The message of a check completes "expected ...". */
const EXPECTED = {
  weightGrams: `a whole number of grams from 1 to ${WEIGHT_LIMIT_GRAMS}`,
  destination: 'a country and a postal code, such as {"country":"NL","postalCode":"1012 AB"}',
  country: 'two capital letters of ISO 3166-1, such as "NL"',
  postalCode: 'a postal code of that country, up to 16 characters',
  level: `one of ${SERVICE_LEVELS.join(', ')}`,
  orderId: 'up to 64 letters, digits, dots, hyphens and underscores',
  tracking: `a tracking number, such as "${TRACKING_NUMBER_EXAMPLE}"`,
} as const

const weightGrams = z
  .int(EXPECTED.weightGrams)
  .min(1, EXPECTED.weightGrams)
  .max(WEIGHT_LIMIT_GRAMS, EXPECTED.weightGrams)

const destination = z.strictObject(
  {
    country: z.string(EXPECTED.country).regex(/^[A-Z]{2}$/, EXPECTED.country),
    // Security: a bound before the pattern of the country sees it.
    postalCode: z.string(EXPECTED.postalCode).trim().min(1, EXPECTED.postalCode).max(16, EXPECTED.postalCode),
  },
  expectObject(EXPECTED.destination, 'only country, postalCode'),
)

const level = z.enum(SERVICE_LEVELS, EXPECTED.level)

const orderId = z.string(EXPECTED.orderId).regex(/^[\w.-]{1,64}$/, EXPECTED.orderId)

export const quoteRequest = z.strictObject(
  { weightGrams, destination, level: level.optional() },
  expectObject('a JSON object with weightGrams and destination', 'only weightGrams, destination, level'),
)

export const shipmentRequest = z.strictObject(
  { orderId, weightGrams, destination, level },
  expectObject(
    'a JSON object with orderId, weightGrams, destination and level',
    'only orderId, weightGrams, destination, level',
  ),
)

export const trackRequest = z.strictObject({
  tracking: z.string(EXPECTED.tracking).refine(isTrackingNumber, EXPECTED.tracking),
})

/** What is expected of an object, and what of the keys it has too many. */
function expectObject(whole: string, keys: string): { error: (issue: { code?: string }) => string } {
  return { error: ({ code }) => (code === 'unrecognized_keys' ? keys : whole) }
}
