import type { Summary } from '../../src/inspector/wire.js'
import type { Store } from './store.js'

export const KINDS = ['all', 'running', 'slow', 'incidents', '2xx', '3xx', '4xx', '5xx'] as const

export type Kind = (typeof KINDS)[number]

export interface Filter {
  readonly kind: Kind
  /** Empty for all. */
  readonly method: string
  readonly words: readonly string[]
  /** What the server found for these words in what the list does not show. */
  readonly found: ReadonlySet<number>
}

export function wordsOf(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean)
}

export function hasWords(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase()
  return words.every((word) => lower.includes(word))
}

const texts = new WeakMap<Summary, string>()

function textOf(request: Summary): string {
  let text = texts.get(request)
  if (text === undefined) {
    const { method, url, status, route, error, incidents, outcome } = request
    text = [method, url, status ?? '', route ?? '', error ?? '', outcome, ...incidents]
      .join('\n')
      .toLowerCase()
    texts.set(request, text)
  }
  return text
}

export function passes(request: Summary, filter: Filter, store: Store): boolean {
  if (filter.method !== '' && request.method !== filter.method) return false
  if (!isOfKind(request, filter.kind, store)) return false
  if (filter.words.length === 0 || filter.found.has(request.id)) return true
  const text = textOf(request)
  return filter.words.every((word) => text.includes(word))
}

function isOfKind(request: Summary, kind: Kind, store: Store): boolean {
  if (kind === 'all') return true
  if (kind === 'running') return request.outcome === 'running'
  if (kind === 'slow') return isSlow(request, store)
  if (kind === 'incidents') return request.incidents.length > 0
  return request.status !== null && Math.floor(request.status / 100) === Number(kind[0])
}

export function isSlow(request: Summary, store: Store): boolean {
  return store.ageOf(request) >= store.slowMs
}

export function isHung(request: Summary): boolean {
  return request.outcome === 'running' && request.incidents.includes('hung')
}

/** As many of those that were slow stand on top; there may be hundreds. */
const MOST_SLOW_ON_TOP = 4
const MOST_HUNG_ON_TOP = 8

/** What needs a look, first: those that hang, or run for long, the oldest first; then the latest that were slow. */
export function onTop(requests: readonly Summary[], store: Store): Summary[] {
  const hung = requests
    .filter((request) => request.outcome === 'running' && (isHung(request) || isSlow(request, store)))
    .toReversed()
    .slice(0, MOST_HUNG_ON_TOP)
  const slow = requests
    .filter((request) => request.outcome !== 'running' && isSlow(request, store))
    .slice(0, MOST_SLOW_ON_TOP)
  return [...hung, ...slow]
}
