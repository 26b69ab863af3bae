import { z } from 'zod'
import { expecting } from './expectation.js'

/** Printable ASCII without spaces; a UUID does well. */
const KEY = /^[\x21-\x7e]{8,100}$/

export const idempotencyHeader = z.object({
  'idempotency-key': expecting(
    '8 to 100 visible ASCII characters that you use for this request only, such as a UUID',
    z.string().regex(KEY),
  ).meta({ description: 'Of this request and its repetitions only, such as a UUID. Kept for 24 hours.' }),
})
