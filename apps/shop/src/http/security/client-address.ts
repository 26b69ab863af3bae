import { ipKeyGenerator } from 'express-rate-limit'
import type { Request } from '../framework.js'

/**
 * Whom a limit counts: the address that the request came from, as far as TRUST_PROXY lets proxies name it. Of IPv6 it is
 * the network, since whoever has one address there has 2^72 of them.
 */
export function clientAddress(req: Request): string {
  return ipKeyGenerator(req.ip ?? 'unknown', 56)
}
