import type { Express5Pattern } from '../../types/statics.js'
import { express4RegExp, TOKEN } from './express4.js'

/** Letters that have a meaning in Express 5's syntax and stand for themselves behind a backslash. */
const SPECIAL = /[{}()[\]+?!:*\\]/

/**
 * Translates a pattern of Express 4 for a move to Express 5's own syntax:
 * `/user/:id(\\d+)` gives `/user/:id`, with the difference that the digits must be checked by the handler.
 *
 * @throws TypeError when the string is no pattern of Express 4.
 */
export function toExpress5Pattern(pattern: string): Express5Pattern {
  const regexp = express4RegExp(pattern)
  const differences: string[] = []
  let wildcards = 0
  let text = ''
  let copied = 0
  for (const token of pattern.matchAll(TOKEN)) {
    text += pattern.slice(copied, token.index)
    copied = token.index + token[0].length
    const [whole, , , name] = token
    if (name !== undefined) text += parameter(token, differences)
    else if (whole === '*') text += `{*splat${wildcards++ || ''}}`
    else if (whole === '/(') text += '/('
    else text += whole === '.' || !SPECIAL.test(whole.slice(1)) ? whole.slice(-1) : whole
  }
  const groups = groupsToBraces(text + pattern.slice(copied))
  if (groups === undefined)
    differences.push('alternatives and repetitions can only be written as a regular expression')
  return { pattern: groups, regexp, differences }
}

function parameter(token: RegExpExecArray, differences: string[]): string {
  const [, slash = '', dot = '', name, expression, star, optional] = token
  const anything = expression === '(.*)' || expression === '(*)'
  if (anything) differences.push(`"${name}" is an array of segments, and no longer empty`)
  else if (star) differences.push(`"${name}" is an array of all segments, and there is no numbered parameter`)
  else if (expression)
    differences.push(`"${name}" is no longer held to ${expression}: check it in the handler`)
  if (dot)
    differences.push(`"${name}" may itself hold a dot, and is split from what stands before it elsewhere`)
  const one = `${slash}${dot}${anything || star ? '*' : ':'}${name}`
  return optional ? `{${one}}` : one
}

/** `(ab)?` and `b?` become `{ab}` and `{b}`; undefined when there is a group or a repetition that braces can't say. */
function groupsToBraces(text: string): string | undefined {
  const braced = text.replace(/\(([^()|+?*[\]]*)\)\?/g, '{$1}').replace(/(?<!\\)([A-Za-z0-9_/.-])\?/g, '{$1}')
  return /(?<!\\)[()|+?]/.test(braced) ? undefined : braced
}
