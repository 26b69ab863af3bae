import compression from 'compression'
import type { RequestHandler } from '../../../http/framework.js'

/**
 * Compresses what is worth it and not compressed already. Event streams are left alone: their events would wait in the
 * compressor until there are enough of them.
 */
export function createCompression(): RequestHandler {
  return compression({
    filter: (req, res) => {
      const type = String(res.getHeader('Content-Type') ?? '')
      return !type.startsWith('text/event-stream') && compression.filter(req, res)
    },
  })
}
