/** A parameter of a path. */
export interface PathParameter {
  readonly name: string
  /** It takes several segments: `*rest` of Express 5, `*` of Express 4, `.*` of a regular expression. */
  readonly isWildcard: boolean
  /** The regular expression that its pattern holds it to, as text; null for none. */
  readonly pattern: string | null
}

/** A piece of a path that was taken apart. */
export type PathPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'parameter'; readonly parameter: PathParameter }
  /** One of these stands here; an empty one where it can be left out. */
  | { readonly kind: 'either'; readonly choices: readonly (readonly PathPiece[])[] }

/** So many paths are made of one: parts that can be left out multiply. */
const MOST_PATHS = 16

export function textPiece(text: string): PathPiece {
  return { kind: 'text', text }
}

export function parameterPiece(name: string, rules: Partial<PathParameter> = {}): PathPiece {
  return { kind: 'parameter', parameter: { isWildcard: false, pattern: null, ...rules, name } }
}

/** What can be left out: `{/:id}` of Express 5, `/:id?` of Express 4. The path without it comes first. */
export function optionalPiece(pieces: readonly PathPiece[]): PathPiece {
  return { kind: 'either', choices: [[], pieces] }
}

/** A piece that is no choice any more. */
export type PlainPiece = Exclude<PathPiece, { kind: 'either' }>

/** Every path that the pieces can mean, each once, those with the most left out first. */
export function pathsOfPieces(pieces: readonly PathPiece[]): PlainPiece[][] {
  let paths: PlainPiece[][] = [[]]
  for (const piece of pieces) {
    const continuations = piece.kind === 'either' ? piece.choices.flatMap(pathsOfPieces) : [[piece]]
    paths = paths.flatMap((path) => continuations.map((more) => [...path, ...more])).slice(0, MOST_PATHS)
  }
  return paths
}
