import { optionalPiece, parameterPiece, type PathPiece, textPiece } from './path-piece.js'

/*
 * Regular expressions that say no more than text and parameters can: `/^\/files\/(\d+)$/`, `/^\/(?<lang>de|en)\/about\/?$/`.
 */

/** The pieces of a path that is a regular expression; null for what can't be said as text and parameters. */
export function parseRegExpPath(path: RegExp): PathPiece[] | null {
  if (!path.source.startsWith('^')) return null
  // Whether a slash may follow says nothing about the path.
  const source = path.source.slice(1).replace(/(?:\\\/[?*]|\(\?:\\\/\)\?)?(?:\$|\(\?[:=]\\\/\|\$\))?$/, '')
  const state = { unnamed: 0 }
  return piecesOf(source, state)
}

/** A group with what it is and how often; an escaped sign; a character that stands for itself. */
const TOKEN = /(?<open>\((?:\?:|\?<(?<name>\w+)>)?)|\\(?<escaped>[^\w])|(?<char>[\w\-/~%!@&',;=: ])/suy
const QUANTIFIER = /[?*+{]/

function piecesOf(source: string, state: { unnamed: number }): PathPiece[] | null {
  const pieces: PathPiece[] = []
  let at = 0
  while (at < source.length) {
    TOKEN.lastIndex = at
    const found = TOKEN.exec(source)
    const groups = found?.groups
    if (!found || !groups) return null
    at = TOKEN.lastIndex
    let piece: PathPiece | null = textPiece(groups['escaped'] ?? groups['char'] ?? '')
    if (groups['open'] !== undefined) {
      const end = endOfGroup(source, at)
      if (end === -1) return null
      piece = groupOf(groups['open'], groups['name'], source.slice(at, end), state)
      at = end + 1
    }
    if (piece === null) return null
    if (source[at] === '?') {
      piece = optionalPiece([piece])
      at++
    }
    if (QUANTIFIER.test(source[at] ?? '')) return null
    pieces.push(piece)
  }
  return pieces
}

/** Where the parenthesis stands that ends a group; -1 when there is none. */
function endOfGroup(source: string, from: number): number {
  let depth = 1
  for (let i = from; i < source.length; i++) {
    const char = source[i]
    if (char === '\\') i++
    else if (char === '[') i = endOfClass(source, i)
    else if (char === '(') depth++
    else if (char === ')' && --depth === 0) return i
  }
  return -1
}

function endOfClass(source: string, from: number): number {
  let i = from + 1
  while (i < source.length && source[i] !== ']') i += source[i] === '\\' ? 2 : 1
  return i
}

function groupOf(
  open: string,
  name: string | undefined,
  inner: string,
  state: { unnamed: number },
): PathPiece | null {
  if (open === '(?:') {
    const choices = /\|/.test(inner) ? alternativesOf(inner) : [piecesOf(inner, state)]
    return choices.includes(null) ? null : { kind: 'either', choices: choices as PathPiece[][] }
  }
  // A group in a parameter would be a parameter as well.
  if (/(?<!\\)\((?!\?[:=!])/.test(inner)) return null
  const isWildcard = /^\.[*+]$/.test(inner)
  return parameterPiece(name ?? String(state.unnamed++), { isWildcard, pattern: isWildcard ? null : inner })
}

/** Alternatives that are plain text; of any other nothing is said. */
function alternativesOf(inner: string): (PathPiece[] | null)[] {
  return inner.split('|').map((text) => (/^[\w/~-]*$/.test(text) ? [textPiece(text)] : null))
}
