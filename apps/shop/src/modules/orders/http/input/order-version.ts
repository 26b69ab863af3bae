import { z } from 'zod'
import { ifMatch } from '../../../../http/input/if-match.js'
import type { Order } from '../../domain/order.js'

/** RFC 9110 §8.8.3: an order's entity tag is its version; a strong one, each change makes a new version. */
export function orderTag({ data }: Order): string {
  return `"order-${data.version}"`
}

const OUR_TAG = /^"order-(\d{1,9})"$/

/** The order as whoever changes it has read it. Nobody changes one blindly: 428 when the field is missing. */
export const orderIfMatch = z.object({
  'if-match': ifMatch('the ETag of the order as you read it, such as "order-1", or *', (tag) => {
    const version = OUR_TAG.exec(tag)?.[1]
    return version === undefined ? null : Number(version)
  }).meta({ description: 'The ETag as it was read, or `*`.' }),
})
