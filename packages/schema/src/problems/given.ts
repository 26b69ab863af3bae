/*
 * What a function was given, held to what it can be: each message says which member, what is wrong with it, and what would be right.
 */
import { ContractError } from './catalogue.js'

/** A record of which nothing is known yet. */
export type Given = Readonly<Record<string, unknown>>

/** What would be right of a value; null where it is. */
export type Rule = (value: unknown) => string | null
export type Rules = Readonly<Record<string, Rule>>

export function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

export function expectString(value: unknown): string | null {
  return typeof value === 'string' ? null : 'it is a text'
}

export function expectBoolean(value: unknown): string | null {
  return typeof value === 'boolean' ? null : 'it is true or false'
}

export function expectCount(value: unknown): string | null {
  return Number.isInteger(value) && (value as number) > 0 ? null : 'it is a whole number from 1'
}

/** @throws ContractError for a member that breaks its rule. */
export function assertValues(by: string, of: string, given: Given, rules: Rules): void {
  for (const [name, rule] of Object.entries(rules)) {
    const right = given[name] === undefined ? null : rule(given[name])
    if (right !== null) refuse(by, `${of}.${name}`, `is ${show(given[name])}`, right)
  }
}

/** @throws ContractError for what is no record, and for a member that is not known; it may have been meant for one that is. */
export function assertMembers(by: string, of: string, given: unknown, known: readonly string[]): void {
  assertNoRequest(by, of, given)
  if (!isRecord(given) || standardIn(given) !== undefined) {
    const wrong = standardIn(given) === undefined ? `is ${show(given)}` : 'is a schema'
    refuse(by, of, wrong, `give an object with the members ${known.join(', ')}`)
  }
  const unknown = Object.keys(given).find((name) => !known.includes(name))
  if (unknown === undefined) return
  const near = known.find((name) => isNear(name, unknown))
  refuse(
    by,
    `${of}.${unknown}`,
    'there is no such member',
    near === undefined ? `there are: ${known.join(', ')}` : `\`${near}\`?`,
  )
}

/**
 * A function that gives a handler, registered in the place of that handler, is called with the request: `app.use(problems)`.
 *
 * @throws ContractError
 */
export function assertNoRequest(by: string, of: string, given: unknown): void {
  if (!isRecord(given) || typeof given['method'] !== 'string' || typeof given['url'] !== 'string') return
  if (!isRecord(given['headers'])) return
  const name = by.replace(/\(\)$/, '')
  refuse(by, of, 'is a request', `register what ${name}(…) gives, and not ${name} itself`)
}

/** Whether somebody may have written one for the other: the same letters, but for an order, a case, or one of them. */
function isNear(name: string, written: string): boolean {
  const one = lettersOf(name)
  const other = lettersOf(written)
  return one === other || lacksOne(one, other) || lacksOne(other, one)
}

function lettersOf(text: string): string {
  return [...text.toLowerCase()].toSorted().join('')
}

function lacksOne(whole: string, part: string): boolean {
  return [...whole].some((_, at) => whole.slice(0, at) + whole.slice(at + 1) === part)
}

export function isRecord(value: unknown): value is Given {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a schema says of itself by Standard Schema; undefined for what is none. */
export function standardIn(given: unknown): Given | undefined {
  const isHolder = (typeof given === 'object' && given !== null) || typeof given === 'function'
  const standard = isHolder ? (given as unknown as Given)['~standard'] : undefined
  return isRecord(standard) ? standard : undefined
}

/** How a message calls a value that was given. */
export function show(value: unknown): string {
  if (typeof value === 'function') return `the function ${value.name || '(anonymous)'}`
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' ? `'${value}'` : String(value)
  if (Array.isArray(value)) return 'a list'
  const keys = Object.keys(value)
  return `an object with ${keys.length === 0 ? 'no members' : keys.slice(0, 5).join(', ')}`
}

/**
 * @param by the function that was given it, such as `validate()`
 * @param member what is wrong, such as `contract.body`
 * @throws ContractError
 */
export function refuse(by: string, member: string, wrong: string, right: string): never {
  throw new ContractError(by, member, wrong, right)
}
