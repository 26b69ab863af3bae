import { z } from 'zod'
import { defineSection } from '../../platform/configuration/section.js'

export interface CatalogueConfiguration {
  /** Whether a new catalogue gets the sample products. It gets the categories in any case. */
  readonly sampleData: boolean
}

export const catalogueConfiguration = defineSection(
  { SAMPLE_DATA: { schema: z.enum(['on', 'off']).default('on'), expected: 'on or off' } },
  ({ SAMPLE_DATA }): CatalogueConfiguration => ({ sampleData: SAMPLE_DATA === 'on' }),
)
