import { createHash, timingSafeEqual } from 'node:crypto'
import type { Request } from '../../../http/framework.js'

/** Whether a request brings the token of those who run the shop, as `Authorization: Bearer`. */
export function hasToken(req: Request, token: string): boolean {
  const sent = /^Bearer +(\S+)$/i.exec(req.get('Authorization') ?? '')?.[1]
  // Security: in the same time, however much of it is right. The hashes have one length.
  return sent !== undefined && timingSafeEqual(hashOf(sent), hashOf(token))
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
