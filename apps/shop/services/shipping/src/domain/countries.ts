/** How far away a country is, in the eyes of the carrier. */
export type Zone = 'home' | 'near' | 'europe' | 'world'

export interface Country {
  readonly zone: Zone
  /** What a postal code looks like, in capitals, with or without its separator. */
  readonly postalCode: RegExp
  /** A postal code as its people write it. */
  readonly example: string
  /** Postal codes that begin so are islands, or the far north: dearer and slower. */
  readonly remote: readonly string[]
}

/** The countries that the carrier goes to, by their two letters of ISO 3166-1. */
export const COUNTRIES: ReadonlyMap<string, Country> = new Map([
  ['AT', country('near', /^\d{4}$/, '1010')],
  ['BE', country('near', /^\d{4}$/, '1000')],
  ['CH', country('europe', /^\d{4}$/, '8001')],
  ['CZ', country('near', /^\d{3} ?\d{2}$/, '110 00')],
  ['DE', country('home', /^\d{5}$/, '10115', ['25849', '25938', '25946', '25980', '27498'])],
  ['DK', country('near', /^\d{4}$/, '1050')],
  ['ES', country('europe', /^\d{5}$/, '28001', ['07', '35', '38', '51', '52'])],
  ['FI', country('europe', /^\d{5}$/, '00100', ['22'])],
  ['FR', country('near', /^\d{5}$/, '75001', ['20'])],
  ['GB', country('europe', /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/, 'SW1A 1AA', ['BT', 'HS', 'KW', 'ZE'])],
  ['IE', country('europe', /^[A-Z]\d[\dW] ?[A-Z\d]{4}$/, 'D02 AF30')],
  ['IT', country('europe', /^\d{5}$/, '00118', ['07', '08', '09', '9'])],
  ['LU', country('near', /^\d{4}$/, '1111')],
  ['NL', country('near', /^\d{4} ?[A-Z]{2}$/, '1012 AB')],
  ['NO', country('europe', /^\d{4}$/, '0150', ['917'])],
  ['PL', country('near', /^\d{2}-?\d{3}$/, '00-950')],
  ['PT', country('europe', /^\d{4}-?\d{3}$/, '1000-001', ['9'])],
  ['SE', country('europe', /^\d{3} ?\d{2}$/, '111 20')],
  ['AU', country('world', /^\d{4}$/, '2000')],
  ['CA', country('world', /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/, 'K1A 0B1', ['X', 'Y'])],
  ['JP', country('world', /^\d{3}-?\d{4}$/, '100-0001')],
  ['US', country('world', /^\d{5}(?:-?\d{4})?$/, '20500', ['967', '968', '995', '996', '997', '998', '999'])],
])

function country(zone: Zone, postalCode: RegExp, example: string, remote: readonly string[] = []): Country {
  return { zone, postalCode, example, remote }
}
