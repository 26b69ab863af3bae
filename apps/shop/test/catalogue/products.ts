import assert from 'node:assert/strict'
import type { Answer } from '../support/client.js'
import { asPrincipal } from '../support/test-authenticator.js'
import type { TestShop } from '../support/test-shop.js'

/** Who may write the catalogue. */
export const asStaff = asPrincipal({ permissions: ['catalogue:write'] })

let made = 0

/** A body for a new product that is right; with the given fields instead of its own. */
export function productBody(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    sku: `TEST-${process.pid}-${++made}`,
    name: 'Test Kettle',
    description: 'Boils.',
    category: 'kitchen',
    price: { amount: 4200, currency: 'EUR' },
    stock: 7,
    ...fields,
  }
}

/** Creates a product; gives the answer, which is a 201. */
export async function createProduct(shop: TestShop, fields: Record<string, unknown> = {}): Promise<Answer> {
  const answer = await shop.ask('/api/v1/products', {
    method: 'POST',
    headers: asStaff,
    json: productBody(fields),
  })
  assert.equal(answer.status, 201, answer.text)
  return answer
}

/** Removes a product that a test made, so that the others count the same as before. */
export async function removeProduct(shop: TestShop, id: number): Promise<void> {
  const answer = await shop.ask(`/api/v1/products/${id}`, { method: 'DELETE', headers: asStaff })
  assert.equal(answer.status, 204, answer.text)
}

/** Checks that an answer is a problem in the one shape that problems have. */
export function assertProblem(answer: Answer, status: number, code: string): void {
  assert.equal(answer.status, status, answer.text)
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/)
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  assert.equal(answer.json.status, status)
  assert.equal(answer.json.code, code)
  assert.equal(answer.json.type, `/problems/${code}`)
  assert.ok(answer.json.title.length > 0 && answer.json.detail.length > 0, answer.text)
}

/** What a problem says is wrong with the input. */
export interface ToldIssue {
  readonly in: string
  readonly path: readonly (string | number)[]
  readonly code: string
  readonly message: string
}

/** Their fields, with dots where they are nested. */
export function fieldsOf(answer: { readonly json: { readonly issues: readonly ToldIssue[] } }): string[] {
  return answer.json.issues.map(({ path }) => path.join('.'))
}

/** Checks that an answer says that one field, and no other, is wrong, and what would be right; `''` is all of it. */
export function assertFieldRefused(
  answer: Answer,
  where: 'body' | 'files' | 'headers' | 'params' | 'query',
  field: string,
  problem: RegExp,
  expected: RegExp,
): void {
  assertProblem(answer, 400, 'invalid-input')
  assert.deepEqual(fieldsOf(answer), [field], answer.text)
  const [issue] = answer.json.issues as [ToldIssue]
  assert.equal(issue.in, where)
  assert.match(issue.code, /^[a-z_]+$/)
  const [was = '', right = ''] = issue.message.split('; expected ')
  assert.match(was, problem)
  assert.match(right, expected)
  assert.ok(answer.json.detail.startsWith(`${field || where} ${issue.message}`), answer.json.detail)
}
