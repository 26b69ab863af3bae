import assert from 'node:assert/strict'
import type { Answer } from '../support/client.js'
import type { TestShop } from '../support/test-shop.js'
import { Visitor } from './visitor.js'

export const AUTH = '/api/v1/auth'
export const USERS = '/api/v1/users'
export const PASSWORD = 'seven brown herons'
export const ADMIN = { email: 'admin@shop.example', password: 'shop-admin-demo' }
export const STAFF = { email: 'staff@shop.example', password: 'shop-staff-demo' }

let people = 0

export function newEmail(): string {
  return `person-${process.pid}-${++people}@example.com`
}

export interface Person {
  readonly id: string
  readonly email: string
  readonly password: string
  readonly visitor: Visitor
}

/** Somebody with an account, who has not signed in. */
export async function newPerson(shop: TestShop, fields: Record<string, string> = {}): Promise<Person> {
  const visitor = new Visitor(shop.ask, { fields })
  const email = newEmail()
  const answer = await visitor.post(`${AUTH}/register`, { email, password: PASSWORD, name: 'Test Person' })
  assert.equal(answer.status, 201, answer.text)
  return { id: answer.json.id, email, password: PASSWORD, visitor }
}

/** Signs in by tokens; gives the answer, which is a 200. */
export async function signIn({ email, password, visitor }: Omit<Person, 'id'>): Promise<Answer> {
  const answer = await visitor.post(`${AUTH}/login`, { email, password })
  assert.equal(answer.status, 200, answer.text)
  return answer
}

/** Signs in by a session; gives its CSRF token. */
export async function openSession({ email, password, visitor }: Omit<Person, 'id'>): Promise<string> {
  const answer = await visitor.post(`${AUTH}/session`, { email, password })
  assert.equal(answer.status, 200, answer.text)
  return answer.json.csrfToken
}

/** A sample account, at an address of its own. */
export function visitorAs(shop: TestShop, account: { email: string; password: string }): Omit<Person, 'id'> {
  return { ...account, visitor: new Visitor(shop.ask) }
}

/** The field of a request that has this access token. */
export function bearer(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}` }
}

export async function tokenOf(shop: TestShop, account: { email: string; password: string }): Promise<string> {
  return (await signIn(visitorAs(shop, account))).json.access_token
}
