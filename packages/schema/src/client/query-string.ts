import type { QueryValue } from './request-parts.js'

/**
 * A query as the parsers of Express read it: a list is its key repeated, which both of them take; an object is `key[member]`, which the
 * extended one takes. What is null or undefined, and a list of nothing, is left out.
 *
 * @returns Without a question mark; empty when there is nothing to say.
 */
export function formatQuery(query: URLSearchParams | Readonly<Record<string, QueryValue>>): string {
  if (isSearchParams(query)) return query.toString()
  const pairs: string[] = []
  for (const [key, value] of Object.entries(query)) addValue(pairs, key, value)
  return pairs.join('&')
}

function isSearchParams(query: object): query is URLSearchParams {
  return Object.prototype.toString.call(query) === '[object URLSearchParams]'
}

function addValue(pairs: string[], key: string, value: QueryValue): void {
  if (value === null || value === undefined) return
  if (value instanceof Date) addText(pairs, key, value.toISOString())
  else if (Array.isArray(value)) addList(pairs, key, value)
  else if (typeof value === 'object') {
    for (const [member, inside] of Object.entries(value)) addValue(pairs, `${key}[${member}]`, inside)
  } else addText(pairs, key, String(value))
}

function addList(pairs: string[], key: string, items: readonly QueryValue[]): void {
  const isFlat = items.every((item) => typeof item !== 'object' || item === null || item instanceof Date)
  for (const [index, item] of items.entries()) addValue(pairs, isFlat ? key : `${key}[${index}]`, item)
}

function addText(pairs: string[], key: string, text: string): void {
  pairs.push(`${encodeURIComponent(key)}=${encodeURIComponent(text)}`)
}
