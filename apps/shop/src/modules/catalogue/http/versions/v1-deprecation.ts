import type { Deprecation } from '../../../../http/versions/deprecation.js'

/** Version 1 of the products: announced a long time before it goes. */
export const V1_DEPRECATION: Deprecation = {
  deprecated: new Date('2026-01-01T00:00:00Z'),
  sunset: new Date('2028-01-01T00:00:00Z'),
  successor: 'v2',
}
