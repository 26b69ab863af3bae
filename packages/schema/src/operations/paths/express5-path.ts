import { optionalPiece, parameterPiece, type PathPiece, textPiece } from './path-piece.js'

/** What Express 5 gives no meaning to, and reserves. */
const RESERVED = /[()[\]+?!]/

/** A parameter's name: an identifier of JavaScript, or any text in quotes. */
const NAME = /(?:[$_\p{ID_Start}][$\u200c\u200d\p{ID_Continue}]*|"(?:\\.|[^"\\])+")/uy

/** The pieces of a path in the syntax of Express 5; null when it is none, as Express 5 itself would refuse it. */
export function parseExpress5Path(path: string): PathPiece[] | null {
  const reader = { path, at: 0 }
  const pieces = readPieces(reader, 0)
  return pieces !== null && reader.at === path.length ? pieces : null
}

interface Reader {
  readonly path: string
  at: number
}

/** Reads up to the end, or to the brace that ends the group it is in. */
function readPieces(reader: Reader, depth: number): PathPiece[] | null {
  const pieces: PathPiece[] = []
  while (reader.at < reader.path.length) {
    const char = reader.path[reader.at] as string
    if (char === '}') return depth === 0 ? null : pieces
    const piece = readPiece(reader, char, depth)
    if (piece === null) return null
    pieces.push(piece)
  }
  return depth === 0 ? pieces : null
}

function readPiece(reader: Reader, char: string, depth: number): PathPiece | null {
  if (RESERVED.test(char)) return null
  reader.at++
  if (char === '{') return readGroup(reader, depth)
  if (char === ':' || char === '*') {
    const name = readName(reader)
    return name === null ? null : parameterPiece(name, { isWildcard: char === '*' })
  }
  if (char !== '\\') return textPiece(char)
  const escaped = reader.path[reader.at++]
  return escaped === undefined ? null : textPiece(escaped)
}

function readGroup(reader: Reader, depth: number): PathPiece | null {
  const inner = readPieces(reader, depth + 1)
  if (inner === null) return null
  reader.at++
  return optionalPiece(inner)
}

function readName(reader: Reader): string | null {
  NAME.lastIndex = reader.at
  const [name] = NAME.exec(reader.path) ?? []
  if (name === undefined) return null
  reader.at += name.length
  return name.startsWith('"') ? name.slice(1, -1).replace(/\\(.)/g, '$1') : name
}
