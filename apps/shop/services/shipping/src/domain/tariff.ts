import { SERVICE_LEVELS, type ServiceLevel } from '../../contract/vocabulary.js'
import type { Zone } from './countries.js'
import { type Destination, type Place, placeOf } from './destination.js'
import { invalidInput } from './refused.js'

/** An amount in the minor unit of its currency: 1290 EUR is 12.90 euros. */
export interface Money {
  readonly amount: number
  readonly currency: 'EUR'
}

/** The first and the last working day on which the parcel may come, counted from when it is handed over. */
export interface WorkingDays {
  readonly min: number
  readonly max: number
}

export interface QuoteOption {
  readonly level: ServiceLevel
  readonly price: Money
  readonly delivery: WorkingDays
}

export interface Quote {
  /** The cheapest first. */
  readonly options: readonly QuoteOption[]
}

export interface Parcel {
  readonly weightGrams: number
  readonly destination: Destination
}

export const WEIGHT_LIMIT_GRAMS = 30_000

interface Tariff {
  /** Euro cents for the first kilogram. */
  readonly firstKilogram: number
  /** Euro cents for each further kilogram that was begun. */
  readonly furtherKilogram: number
  readonly days: readonly [min: number, max: number]
}

/** Null: not offered there. */
const TARIFFS: Readonly<Record<Zone, Readonly<Record<ServiceLevel, Tariff | null>>>> = {
  home: {
    standard: tariff(490, 60, 1, 3),
    express: tariff(1190, 110, 1, 1),
    pickup: tariff(390, 50, 2, 4),
  },
  near: {
    standard: tariff(990, 120, 2, 5),
    express: tariff(2190, 240, 1, 2),
    pickup: tariff(790, 100, 3, 6),
  },
  europe: {
    standard: tariff(1490, 190, 3, 7),
    express: tariff(3290, 390, 2, 3),
    pickup: tariff(1290, 170, 4, 8),
  },
  world: { standard: tariff(3490, 790, 7, 15), express: tariff(6490, 1390, 3, 6), pickup: null },
}

const LEVEL_WEIGHT_LIMIT_GRAMS: Readonly<Record<ServiceLevel, number>> = {
  standard: WEIGHT_LIMIT_GRAMS,
  express: WEIGHT_LIMIT_GRAMS,
  // What a person can be asked to carry home.
  pickup: 20_000,
}

const REMOTE_SURCHARGE = 1250
const REMOTE_DAYS = 3

/** All that can be had for a parcel, or one level. Throws `Refused`, naming the field, when that is nothing. */
export function quoteFor(parcel: Parcel, level: ServiceLevel | null): Quote {
  const place = placeOf(parcel.destination)
  const offered = SERVICE_LEVELS.flatMap((each) => optionOf(each, place, parcel.weightGrams))
  if (level === null) return { options: offered.toSorted((a, b) => a.price.amount - b.price.amount) }
  const option = offered.find((each) => each.level === level)
  if (option === undefined) throw notOffered(level, place, parcel.weightGrams, offered)
  return { options: [option] }
}

function optionOf(level: ServiceLevel, place: Place, weightGrams: number): QuoteOption[] {
  const found = TARIFFS[place.zone][level]
  if (found === null || weightGrams > LEVEL_WEIGHT_LIMIT_GRAMS[level]) return []
  const { firstKilogram, furtherKilogram, days } = found
  const further = Math.max(0, Math.ceil(weightGrams / 1000) - 1)
  const amount = firstKilogram + further * furtherKilogram + (place.remote ? REMOTE_SURCHARGE : 0)
  const delay = place.remote ? REMOTE_DAYS : 0
  return [
    {
      level,
      price: { amount, currency: 'EUR' },
      delivery: { min: days[0] + delay, max: days[1] + delay },
    },
  ]
}

function notOffered(
  level: ServiceLevel,
  { country, zone }: Place,
  weightGrams: number,
  offered: readonly QuoteOption[],
): Error {
  const why = TARIFFS[zone][level] === null ? `to ${country}` : `for ${weightGrams} g`
  return invalidInput([
    {
      field: 'level',
      problem: `is "${level}", which is not offered ${why}`,
      expected: `one of ${offered.map((option) => option.level).join(', ')}`,
    },
  ])
}

function tariff(firstKilogram: number, furtherKilogram: number, min: number, max: number): Tariff {
  return { firstKilogram, furtherKilogram, days: [min, max] }
}
