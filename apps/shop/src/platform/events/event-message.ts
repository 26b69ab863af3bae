import { z } from 'zod'
import type { ShopEvent } from './event-bus.js'

/** An event as it travels through a broker. */

const message = z.object({
  id: z.string(),
  type: z.string(),
  occurredAt: z.iso.datetime().transform((text) => new Date(text)),
  data: z.unknown(),
})

export function formatEvent({ id, type, occurredAt, data }: ShopEvent): Buffer {
  return Buffer.from(JSON.stringify({ id, type, occurredAt: occurredAt.toISOString(), data }))
}

/** Null when it is none of ours. */
export function parseEvent(content: Buffer): ShopEvent | null {
  try {
    const { id, type, occurredAt, data } = message.parse(JSON.parse(content.toString()))
    return { id, type, occurredAt, data }
  } catch {
    return null
  }
}
