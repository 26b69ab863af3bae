import type { ParamValue, SplatValue } from './path-params.js'

/** A piece of a path: text as it is, a parameter, or a group that may be left out. */
type Piece = { text: string } | { name: string; isSplat: boolean } | { group: Piece[] }

type Params = Readonly<Record<string, ParamValue | SplatValue | null | undefined>>

/**
 * Puts parameters into a path: `:id`, `:"any name"`, `*path` and `{/:id}` of Express 5, `:id?` and `:id(\\d+)` of Express 4, `{id}` of
 * OpenAPI. A group is left out when one of its parameters is.
 *
 * @throws TypeError for a parameter that is missing, that is empty, or that would lead to another path.
 */
export function fillPath(template: string, params: Params): string {
  const path = fillAll(new Parsing(template).pieces(), params, template)
  // Security: URLs are made shorter by such segments (WHATWG URL, path state): /users/.. would be another route.
  if (path.split('/').some((segment) => segment === '.' || segment === '..')) {
    throw new TypeError(`${template}: a parameter must not make a segment of dots`)
  }
  return path
}

class Parsing {
  readonly #template: string
  #at = 0
  #stars = 0

  constructor(template: string) {
    this.#template = template
  }

  pieces(): Piece[] {
    const pieces: Piece[] = []
    for (;;) {
      const piece = this.#next(pieces)
      if (piece === null) return pieces
      pieces.push(piece)
    }
  }

  /** Null at the end of the path, or of a group. */
  #next(before: Piece[]): Piece | null {
    const text = this.#take(/[^:*{}\\]+/y)
    if (text !== null) return { text }
    const name = this.#take(/\{[\w.-]+\}/y)
    if (name !== null) return { name: name.slice(1, -1), isSplat: false }
    const char = this.#template[this.#at++]
    if (char === undefined || char === '}') return null
    if (char === '{') return { group: this.pieces() }
    if (char === '\\') return { text: this.#template[this.#at++] ?? '' }
    return this.#parameter(char === '*', before)
  }

  #parameter(isSplat: boolean, before: Piece[]): Piece {
    const name = this.#take(/"[^"]*"/y)?.slice(1, -1) ?? this.#take(/[\p{ID_Continue}$]+/uy)
    if (name === null && !isSplat) return { text: ':' }
    const piece = { name: name ?? String(this.#stars++), isSplat }
    this.#take(/\([^)]*\)/y)
    if (this.#take(/\?/y) === null) return piece
    // Express 4: the slash before it goes with it.
    const last = before.at(-1)
    if (last === undefined || !('text' in last) || !last.text.endsWith('/')) return { group: [piece] }
    last.text = last.text.slice(0, -1)
    return { group: [{ text: '/' }, piece] }
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#template)?.[0] ?? null
    if (found !== null) this.#at += found.length
    return found
  }
}

function fillAll(pieces: readonly Piece[], params: Params, template: string): string {
  return pieces.map((piece) => fillPiece(piece, params, template)).join('')
}

function fillPiece(piece: Piece, params: Params, template: string): string {
  if ('text' in piece) return piece.text
  if ('group' in piece) return isGiven(piece.group, params) ? fillAll(piece.group, params, template) : ''
  const value = valueOf(params, piece.name)
  const text = piece.isSplat ? formatSplat(value) : encodeURIComponent(String(value ?? ''))
  if (text === '') throw new TypeError(`${template}: the parameter ${piece.name} is missing or empty`)
  return text
}

/** Not what every object has: a parameter may be named `constructor`. */
function valueOf(params: Params, name: string): ParamValue | SplatValue | null | undefined {
  return Object.hasOwn(params, name) ? params[name] : undefined
}

function formatSplat(value: ParamValue | SplatValue | null | undefined): string {
  const segments = Array.isArray(value) ? value : String(value ?? '').split('/')
  return segments.map((segment) => encodeURIComponent(String(segment))).join('/')
}

/** A group without parameters of its own is never there. */
function isGiven(group: readonly Piece[], params: Params): boolean {
  const names = group.flatMap((piece) => ('name' in piece ? [piece.name] : []))
  return names.length > 0 && names.every((name) => (valueOf(params, name) ?? '') !== '')
}
