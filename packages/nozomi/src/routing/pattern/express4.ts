import type { Matcher, PatternOptions } from './matcher.js'
import { matcherOf } from './regexp.js'

/*
 * The path syntax of Express 4, for patterns that Express 5 refuses: `/files/:name.:ext?`, `/user/:id(\\d+)`, `/*`,
 * `/ab?cd`, `/ab(cd)?e`. The meaning is that of path-to-regexp 0.1, on which Express 4 stands: the string is a
 * regular expression in which a few sequences are written differently, and those sequences are the tokens below.
 *
 *   \x                      an escaped character stays as it is
 *   [/][.]:name[(re)][*][?] a parameter; slash and dot in front of it belong to it, so that both are optional with it
 *   .                       a literal dot
 *   *                       anything, a numbered parameter
 *   /(                      a group that does not capture; a parenthesis elsewhere is a numbered parameter
 */
export const TOKEN = /\\.|(\/)?(\.)?:(\w+)(\(.*?\))?(\*)?(\?)?|[.*]|\/\(/g
const GROUP = /\\.|\((?!\?)/g

/**
 * What has no meaning outside the tokens: a character class is a regular expression and should be written as one,
 * braces are Express 5's, and a colon without a name is a slip.
 */
const FOREIGN = /[[\]{}:]/

interface Source {
  text: string
  names: string[]
}

/** Whether the pattern is one that Express 4 documents; anything wilder is refused, as Express 5 does. */
export function isExpress4Pattern(pattern: string): boolean {
  const outside = pattern.replace(TOKEN, (token) => (token.startsWith('\\') ? token : ''))
  return !FOREIGN.test(outside)
}

/** @throws SyntaxError when what stands between the tokens is not a valid regular expression. */
export function compileExpress4(pattern: string, options: PatternOptions): Matcher {
  const { text, names } = translate(pattern)
  return matcherOf(anchored(text, options), names, true)
}

/**
 * The regular expression that Express 4 makes of a pattern for a route.
 *
 * @throws TypeError when the string is no pattern of Express 4.
 */
export function express4RegExp(pattern: string): RegExp {
  if (isExpress4Pattern(pattern)) return anchored(translate(pattern).text, {})
  throw new TypeError(`"${pattern}" is no pattern of Express 4`)
}

function anchored(source: string, options: PatternOptions): RegExp {
  let text = source
  if (!options.strict) text += text.endsWith('/') ? '?' : '/?'
  if (options.end !== false) text += '$'
  else if (!text.endsWith('/')) text += '(?=/|$)'
  return new RegExp(`^${text}`, options.sensitive ? '' : 'i')
}

function translate(pattern: string): Source {
  const source: Source = { text: '', names: [] }
  const state = { copied: 0, literalFrom: 0, before: '', unnamed: 0 }
  for (const token of pattern.matchAll(TOKEN)) {
    copyLiteral(source, state, pattern.slice(state.copied, token.index))
    state.copied = token.index + token[0].length
    if (token[0].startsWith('\\') || token[0] === '.') {
      const literal = token[0] === '.' ? '\\.' : token[0]
      source.text += literal
      state.before += literal
      state.literalFrom += token[0].length
    } else if (token[3] !== undefined) {
      addParameter(source, state, token, pattern)
    } else {
      state.before =
        token[0] === '*' ? '' : `${state.before}${pattern.slice(state.literalFrom, token.index)}/`
      state.literalFrom = state.copied
      source.text += token[0] === '*' ? '(.*)' : '/(?:'
      if (token[0] === '*') source.names.push(String(state.unnamed++))
    }
  }
  copyLiteral(source, state, pattern.slice(state.copied))
  return source
}

interface State {
  copied: number
  /** Where the literal text in front of the next parameter starts, which that parameter must not contain. */
  literalFrom: number
  before: string
  unnamed: number
}

function copyLiteral(source: Source, state: State, literal: string): void {
  source.text += literal
  for (const group of literal.matchAll(GROUP)) {
    if (group[0] === '(') source.names.push(String(state.unnamed++))
  }
}

function addParameter(source: Source, state: State, token: RegExpExecArray, pattern: string): void {
  const [, slash = '', dot, name, expression, star, optional = ''] = token
  const format = dot ? '\\.' : ''
  if (slash || dot) state.before = ''
  else state.before += pattern.slice(state.literalFrom, token.index)
  state.literalFrom = token.index + token[0].length
  source.names.push(name as string)
  const capture = expression
    ? expression.replace(/\\.|\*/, (part) => (part === '*' ? '(.*)' : part))
    : state.before
      ? `((?:(?!/|${state.before}).)+?)`
      : `([^/${format}]+?)`
  // The first group is the parameter itself; groups inside it, or in the text that it must not contain, are numbered.
  for (const group of capture.slice(1).matchAll(GROUP)) {
    if (group[0] === '(') source.names.push(String(state.unnamed++))
  }
  if (star) source.names.push(String(state.unnamed++))
  source.text += `(?:${format}${slash}${capture}${star ? `((?:[/${format}].+?)?)` : ''})${optional}`
  state.before = ''
}
