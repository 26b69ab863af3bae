import { z } from 'zod'
import { expecting } from '../../../../http/input/expectation.js'
import { whole } from '../../../../http/input/text.js'

/** What an `integer` of PostgreSQL holds. */
const MAX_ID = 2_147_483_647

export const productPath = z.object({
  id: expecting(`a whole number from 1 to ${MAX_ID}`, whole(1, MAX_ID)),
})
