import { GrpcShippingClient } from './grpc/grpc-shipping-client.js'
import { HttpShippingClient } from './http/http-shipping-client.js'
import type { ShippingClient } from './shipping-client.js'

/**
 * The client for an address: `http://127.0.0.1:4100`, `https://...`, or `grpc://127.0.0.1:4101`. Throws a TypeError
 * for any other.
 */
export function createShippingClient(address: string): ShippingClient {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url?.protocol === 'grpc:' && url.port !== '' && url.pathname.length <= 1)
    return new GrpcShippingClient({ address: url.host })
  if (url && /^https?:$/.test(url.protocol)) return new HttpShippingClient({ baseUrl: url.href })
  throw new TypeError(
    `the address of the shipping service is ${JSON.stringify(address)}; expected one such as ` +
      'http://127.0.0.1:4100 or grpc://127.0.0.1:4101',
  )
}
