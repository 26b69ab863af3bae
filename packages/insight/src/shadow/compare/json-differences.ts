/** Where two values of JSON differ. */
export interface JsonDifference {
  /** `$.books[0].title`. */
  readonly path: string
  readonly one: unknown
  readonly other: unknown
}

const LIMIT = 200
const PLAIN_KEY = /^[A-Za-z_$][\w$]*$/

/** What stands for a member that is not there. */
export const ABSENT = Symbol('absent')

/** Every place where they differ, at most 200, in the order of the first. */
export function jsonDifferences(one: unknown, other: unknown): JsonDifference[] {
  const found: JsonDifference[] = []
  collect(one, other, '$', found)
  return found
}

function collect(one: unknown, other: unknown, path: string, found: JsonDifference[]): void {
  if (found.length >= LIMIT || Object.is(one, other)) return
  if (Array.isArray(one) && Array.isArray(other)) return collectItems(one, other, path, found)
  if (isRecord(one) && isRecord(other)) return collectMembers(one, other, path, found)
  found.push({ path, one, other })
}

function collectItems(one: unknown[], other: unknown[], path: string, found: JsonDifference[]): void {
  if (one.length !== other.length) {
    found.push({ path: `${path}.length`, one: one.length, other: other.length })
  }
  const common = Math.min(one.length, other.length)
  for (let at = 0; at < common; at++) collect(one[at], other[at], `${path}[${at}]`, found)
}

function collectMembers(
  one: Record<string, unknown>,
  other: Record<string, unknown>,
  path: string,
  found: JsonDifference[],
): void {
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const place = PLAIN_KEY.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`
    collect(memberOf(one, key), memberOf(other, key), place, found)
  }
}

function memberOf(value: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : ABSENT
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function showJson(value: unknown): string {
  return value === ABSENT ? '(absent)' : JSON.stringify(value)
}
