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
  if (words.length !== others.length) return [asWhole(one, other)]
  const found: TextDifference[] = []
  for (const [at, word] of words.entries()) {
    const counterpart = others[at] as string
    if (word === counterpart) continue
    // What stands between the words differs: the texts are not built alike.
    if (at % 2 === 0) return [asWhole(one, other)]
    if (found.length < LIMIT) found.push({ place: `word ${(at + 1) / 2}`, one: word, other: counterpart })
  }
  return found
}

/** Shows both from shortly before where they part. */
function asWhole(one: string, other: string): TextDifference {
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  const from = Math.max(0, at - CONTEXT / 2)
  const cut = (text: string) =>
    `${from > 0 ? '…' : ''}${text.slice(from, at + CONTEXT)}${text.length > at + CONTEXT ? '…' : ''}`
  return { place: '', one: cut(one), other: cut(other) }
}
