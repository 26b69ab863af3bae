import { COUNTRIES, type Zone } from './countries.js'
import { invalidInput } from './refused.js'

/** Where a parcel goes: a place that the carrier knows. */
export interface Destination {
  readonly country: string
  /** In capitals, without separators: `1012AB`. Two spellings of one place are equal. */
  readonly postalCode: string
}

export interface Place extends Destination {
  readonly zone: Zone
  readonly remote: boolean
}

/** Throws `Refused`, naming the field, for a country without service or a postal code that is none there. */
export function placeOf(destination: Destination): Place {
  const { country } = destination
  const known = COUNTRIES.get(country)
  if (known === undefined) {
    throw invalidInput([
      {
        field: 'destination.country',
        problem: `is ${JSON.stringify(country)}, where the carrier does not go`,
        expected: `one of ${[...COUNTRIES.keys()].toSorted().join(', ')}`,
      },
    ])
  }
  const written = destination.postalCode.toUpperCase()
  if (!known.postalCode.test(written)) {
    throw invalidInput([
      {
        field: 'destination.postalCode',
        problem: `is ${JSON.stringify(destination.postalCode)}, which is no postal code of ${country}`,
        expected: `one such as ${JSON.stringify(known.example)}`,
      },
    ])
  }
  const postalCode = written.replaceAll(/[ -]/g, '')
  const remote = known.remote.some((prefix) => postalCode.startsWith(prefix))
  return { country, postalCode, zone: known.zone, remote }
}
