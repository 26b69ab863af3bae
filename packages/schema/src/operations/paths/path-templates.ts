import type { PathPart } from '@nozomi/insight/layers'
import { parseExpress4Path } from './express4-path.js'
import { parseExpress5Path } from './express5-path.js'
import { type PathParameter, type PathPiece, pathsOfPieces, type PlainPiece } from './path-piece.js'
import { parseRegExpPath } from './regexp-path.js'

/** A path with its parameters in braces, as OpenAPI writes them. */
export interface PathTemplate {
  /** `/users/{id}` */
  readonly text: string
  /** In the order of the path; each name once. */
  readonly parameters: readonly PathParameter[]
}

/**
 * The templates of a path, given by its parts from the outermost mount on: several where something can be left out; none where a
 * part is not known, or says what no template can.
 */
export function templatesOf(parts: readonly PathPart[]): PathTemplate[] {
  const pieces: PathPiece[] = []
  for (const part of parts) {
    const parsed = part === null ? null : parsePart(part)
    if (parsed === null) return []
    pieces.push({ kind: 'text', text: '/' }, ...parsed)
  }
  const templates = pathsOfPieces(pieces).map(templateOf)
  return [...new Map(templates.map((template) => [template.text, template])).values()]
}

/** As Nozomi reads it: what is no path of Express 5 may be one of Express 4. */
function parsePart(part: string | RegExp): PathPiece[] | null {
  if (part instanceof RegExp) return parseRegExpPath(part)
  return parseExpress5Path(part) ?? parseExpress4Path(part)
}

function templateOf(pieces: readonly PlainPiece[]): PathTemplate {
  const parameters = withOwnNames(
    pieces.flatMap((piece) => (piece.kind === 'parameter' ? [piece.parameter] : [])),
  )
  let next = 0
  const text = pieces.map((piece) => {
    if (piece.kind === 'parameter') return `{${parameters[next++]?.name}}`
    return piece.text.replace(/[{}]/g, (brace) => (brace === '{' ? '%7B' : '%7D'))
  })
  const joined = text.join('').replace(/\/{2,}/g, '/')
  return { text: joined.length > 1 ? joined.replace(/\/$/, '') : joined, parameters }
}

/** Of parameters with the same name the last one keeps it: it is the one that the route sees. */
function withOwnNames(parameters: readonly PathParameter[]): PathParameter[] {
  const taken = new Set<string>()
  const named = parameters.toReversed().map((parameter) => {
    let name = parameter.name
    for (let number = 2; taken.has(name); number++) name = `${parameter.name}${number}`
    taken.add(name)
    return { ...parameter, name }
  })
  return named.toReversed()
}
