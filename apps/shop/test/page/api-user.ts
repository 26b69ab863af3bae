import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { TestShop } from '../support/test-shop.js'
import { PEOPLE } from './page-actions.js'

interface Answer {
  readonly status: number
  readonly etag: string
  // oxlint-disable-next-line typescript/no-explicit-any -- JSON of many shapes
  readonly json: any
}

/** Somebody who uses the shop from elsewhere, while a browser shows it. */
export interface ApiUser {
  ask(method: string, path: string, json?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** Orders so many pieces; gives the id of the order. */
  order(productId: number, quantity: number): Promise<string>
  /** Edits a product as it is now. */
  edit(productId: number, changes: object): Promise<void>
}

export async function apiUser({ address }: TestShop, who: keyof typeof PEOPLE): Promise<ApiUser> {
  let token = ''
  const ask: ApiUser['ask'] = async (method, path, json, headers = {}) => {
    const response = await fetch(`${address}/api/v1${path}`, {
      method,
      headers: {
        ...(json !== undefined && { 'Content-Type': 'application/json' }),
        ...(token !== '' && { Authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      etag: response.headers.get('etag') ?? '',
      json: text === '' ? null : JSON.parse(text),
    }
  }
  const { email, password } = PEOPLE[who]
  token = (await ask('POST', '/auth/login', { email, password })).json.access_token
  return {
    ask,
    order: async (productId, quantity) => {
      const json = { lines: [{ productId, quantity }], shipTo: { country: 'NL', postalCode: '1012 AB' } }
      const { status, json: order } = await ask('POST', '/orders', json, { 'Idempotency-Key': randomUUID() })
      assert.equal(status, 201)
      return order.id
    },
    edit: async (productId, changes) => {
      const { etag } = await ask('GET', `/products/${productId}`)
      const { status } = await ask('PATCH', `/products/${productId}`, changes, { 'If-Match': etag })
      assert.equal(status, 200)
    },
  }
}
