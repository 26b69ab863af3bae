import assert from 'node:assert/strict'
import { ShippingRefused, ShippingUnavailable } from '../../client/index.js'

/** These wait for a call that must not succeed, and give its error. */
export async function refusal(call: Promise<unknown>): Promise<ShippingRefused> {
  const error = await errorOf(call)
  assert.ok(error instanceof ShippingRefused, String(error))
  return error
}

export async function unavailability(call: Promise<unknown>): Promise<ShippingUnavailable> {
  const error = await errorOf(call)
  assert.ok(error instanceof ShippingUnavailable, String(error))
  return error
}

/** The code of the error, of either kind. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  const error = await errorOf(call)
  assert.ok(error instanceof ShippingRefused || error instanceof ShippingUnavailable, String(error))
  return error.code
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

function errorOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => assert.fail('it succeeded'),
    (error: unknown) => error,
  )
}
