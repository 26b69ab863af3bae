import type { Answer } from '../support/client.js'
import { keyed } from '../support/shop-people.js'
import type { TestShop } from '../support/test-shop.js'

export const ORDERS = '/api/v1/orders'
export const SHIP_TO = { country: 'NL', postalCode: '1012 AB' }

/** Asks for an order, with a key of its own when the fields have none. */
export function order(
  shop: TestShop,
  headers: Record<string, string>,
  body: Record<string, unknown>,
): Promise<Answer> {
  const json = { shipTo: SHIP_TO, ...body }
  return shop.ask(ORDERS, { method: 'POST', headers: { ...keyed({}), ...headers }, json })
}

/** Confirms or cancels an order as an answer has shown it. */
export function actOn(
  shop: TestShop,
  seen: Answer,
  act: 'cancel' | 'confirm',
  headers: Record<string, string>,
  json?: unknown,
): Promise<Answer> {
  const fields = { ...headers, 'If-Match': seen.headers.get('etag') ?? '' }
  const body = json === undefined ? {} : { json }
  return shop.ask(`${ORDERS}/${seen.json.id}/${act}`, { method: 'POST', headers: fields, ...body })
}
