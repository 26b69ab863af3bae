import { SERVICE_LEVELS, type ServiceLevel } from '../../contract/vocabulary.js'
import type { Quote, QuoteOption, QuoteRequest } from '../shipping-client.js'

export type FlatRates = Readonly<Partial<Record<ServiceLevel, Omit<QuoteOption, 'level'>>>>

/**
 * What to assume while the service does not answer: the same price wherever a parcel goes, marked as estimated. Gives
 * null for a level without a flat rate; then there is no quote.
 */
export function createFlatRate(rates: FlatRates): (request: QuoteRequest) => Quote | null {
  return function flatRate({ level }) {
    const options = SERVICE_LEVELS.flatMap((each): QuoteOption[] => {
      const rate = rates[each]
      return rate && (level === undefined || level === each) ? [{ level: each, ...rate }] : []
    })
    return options.length > 0 ? { options, estimated: true } : null
  }
}
