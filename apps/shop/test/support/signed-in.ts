import type { Principal } from '#shop/domain/principal.js'
import type { Client } from './client.js'
import { asPrincipal } from './test-authenticator.js'
import type { TestShop } from './test-shop.js'

/** The same shop, asked by somebody; fields that a test sends itself go before. */
export function signedIn(shop: TestShop, principal: Partial<Principal>): TestShop {
  return { ...shop, ask: withFields(shop.ask, asPrincipal(principal)) }
}

/** A client that sends these fields with each request. */
export function withFields(ask: Client, fields: Record<string, string>): Client {
  return (path, options = {}) => ask(path, { ...options, headers: { ...fields, ...options.headers } })
}
