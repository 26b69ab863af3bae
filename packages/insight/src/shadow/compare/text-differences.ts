/** Where two texts differ. */
export interface TextDifference {
  /** Counts words when both texts are built alike; empty: they are not. */
  readonly place: string
  readonly one: string
  readonly other: string
}

const LIMIT = 200
const CONTEXT = 40

/**
 * Two pages made from one template differ in words, and not in what stands between them: then each differing word is a
 * difference of its own, so that a token which is new each time does not hide the rest of the page.
 */
export function textDifferences(one: string, other: string): TextDifference[] {
  if (one === other) return []
  const [words, others] = [one, other].map((text) => text.split(/([A-Za-z0-9_-]+)/)) as [string[], string[]]
  const parting = whereBuiltOtherwise(words, others)
  if (parting !== -1) return [{ place: '', one: around(words, parting), other: around(others, parting) }]
  const found: TextDifference[] = []
  for (let at = 1; at < words.length && found.length < LIMIT; at += 2) {
    const [word, counterpart] = [words[at] as string, others[at] as string]
    if (word !== counterpart) found.push({ place: `word ${(at + 1) / 2}`, one: word, other: counterpart })
  }
  return found
}

/** The first place, between two words, at which the texts are not alike; -1: they differ in words alone. */
function whereBuiltOtherwise(words: readonly string[], others: readonly string[]): number {
  const length = Math.max(words.length, others.length)
  for (let at = 0; at < length; at += 2) if (words[at] !== others[at]) return at
  return -1
}

/** The text around a place. */
function around(words: readonly string[], at: number): string {
  const before = words.slice(0, at).join('')
  const after = words.slice(at).join('')
  const [isCutBefore, isCutAfter] = [before.length > CONTEXT, after.length > CONTEXT]
  return `${isCutBefore ? '…' : ''}${before.slice(-CONTEXT)}${after.slice(0, CONTEXT)}${isCutAfter ? '…' : ''}`
}
