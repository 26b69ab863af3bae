/**
 * Search and order by name are decided here and not by the collation of whatever database stores the products, so
 * that every repository finds and orders the same: accents, case and width do not matter (`cafe` finds `Café`).
 */

const SORT_KEY_CHARACTERS = 100

/** Lower case, without accents, with single spaces. */
export function normalizeText(text: string): string {
  // Small letters after the decomposition: what it yields may be capital, as the A of a mathematical alphabet.
  return text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** The text in which the terms of a search are looked up. */
export function searchTextOf(...parts: readonly string[]): string {
  return normalizeText(parts.join(' '))
}

/** The words of a search, each once. All of them must be in the text, in any order, also inside of words. */
export function searchTerms(query: string): readonly string[] {
  return [...new Set(normalizeText(query).split(' '))].filter((term) => term !== '')
}

/**
 * What products are ordered by when they are ordered by name; compared by code point. Cut, so that a cursor, which
 * holds one, has a bound.
 */
export function nameSortKey(name: string): string {
  return [...normalizeText(name)].slice(0, SORT_KEY_CHARACTERS).join('')
}

/**
 * Compares by code point, as PostgreSQL's collation "C" does. (`<` compares by UTF-16 unit, which puts what is
 * outside the Basic Multilingual Plane before U+E000.)
 */
export function compareCodePoints(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let i = 0; i < length; i++) {
    if (left[i] === right[i]) continue
    return codePointAround(left, i) - codePointAround(right, i)
  }
  return left.length - right.length
}

/** The code point that the unit at `index` belongs to. */
function codePointAround(text: string, index: number): number {
  const unit = text.charCodeAt(index)
  const isLowSurrogate = unit >= 0xdc00 && unit <= 0xdfff
  return text.codePointAt(isLowSurrogate && index > 0 ? index - 1 : index) ?? 0
}
