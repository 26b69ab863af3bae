import { optionalPiece, parameterPiece, type PathPiece, textPiece } from './path-piece.js'

/*
 * The syntax of Express 4, which Nozomi takes where Express 5 has no meaning for a path: `/files/:name.:ext?`,
 * `/user/:id(\\d+)`, `/*`, `/ab?cd`, `/ab(cd)?e`.
 */

/** An escaped character; a parameter with what belongs to it; a star; a group without groups in it; any character. */
const TOKEN =
  /\\(?<escaped>.)|(?<lead>\/?\.?):(?<name>\w+)(?:\((?<rule>(?:\\.|[^()])*)\))?(?<star>\*)?(?<may>\?)?|(?<any>\*)|\((?<group>(?:\\.|[^()\\])*)\)(?<mayGroup>\?)?|(?<char>[^()[\]{}+])(?<mayChar>\?)?/suy

/** The pieces of a path in the syntax of Express 4; null for what can't be said as text and parameters. */
export function parseExpress4Path(path: string): PathPiece[] | null {
  const pieces: PathPiece[] = []
  const state = { unnamed: 0 }
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < path.length) {
    const groups = TOKEN.exec(path)?.groups
    const read = groups ? piecesOf(groups, state) : null
    if (read === null || path[TOKEN.lastIndex] === '+') return null
    pieces.push(...read)
  }
  return pieces
}

type Groups = Readonly<Record<string, string | undefined>>

function piecesOf(groups: Groups, state: { unnamed: number }): PathPiece[] | null {
  const { escaped, name, any, group, char } = groups
  if (escaped !== undefined) return [textPiece(escaped)]
  if (name !== undefined) return [parameterOf(name, groups, state)]
  if (any !== undefined) return [parameterPiece(String(state.unnamed++), { isWildcard: true })]
  if (group !== undefined) return groupOf(group, groups['mayGroup'] !== undefined, state)
  if (char === undefined) return null
  return [groups['mayChar'] === undefined ? textPiece(char) : optionalPiece([textPiece(char)])]
}

/** Slash and dot in front of a parameter belong to it: they are left out with it. */
function parameterOf(name: string, groups: Groups, state: { unnamed: number }): PathPiece {
  const { lead = '', rule, star, may } = groups
  if (star !== undefined) state.unnamed++
  const isWildcard = star !== undefined || (rule !== undefined && /^\.?[*+]$/.test(rule))
  const pattern = rule === undefined || isWildcard ? null : rule
  const pieces = [textPiece(lead), parameterPiece(name, { isWildcard, pattern })]
  return may === undefined ? { kind: 'either', choices: [pieces] } : optionalPiece(pieces)
}

/** Of plain texts each is a path of its own; anything else is a parameter without a name. */
function groupOf(source: string, isOptional: boolean, state: { unnamed: number }): PathPiece[] | null {
  const texts = source.split('|')
  const number = String(state.unnamed++)
  const choices = texts.every((text) => /^[\w/.~-]*$/.test(text))
    ? texts.map((text) => [textPiece(text)])
    : [[parameterPiece(number, { isWildcard: /^\.[*+]$/.test(source), pattern: source })]]
  return [{ kind: 'either', choices: isOptional ? [[], ...choices] : choices }]
}
