import type { RequestRecord } from '../types/record.js'

/** More words than this are not looked for. */
const MOST_WORDS = 8

/**
 * The requests that hold every one of the words, in whatever was recorded of them: address, fields, layers, error,
 * incidents. The page looks through the lines of its list itself; this finds what those do not show.
 */
export function searchRecords(records: Iterable<RequestRecord>, query: string): number[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS)
  if (words.length === 0) return []
  const found: number[] = []
  for (const record of records) {
    const text = textOf(record)
    if (words.every((word) => text.includes(word))) found.push(record.id)
  }
  return found
}

function textOf(record: RequestRecord): string {
  const parts = [record.method, record.url, String(record.status ?? ''), record.route ?? '', record.outcome]
  for (const [name, value] of record.requestFields) parts.push(`${name}: ${value}`)
  for (const [name, value] of record.responseFields) parts.push(`${name}: ${value}`)
  for (const run of record.runs) parts.push(run.name, run.place?.file ?? '')
  if (record.error !== null) parts.push(record.error.name, record.error.message, record.error.stack)
  for (const { kind, message } of record.incidents) parts.push(kind, message)
  return parts.join('\n').toLowerCase()
}
