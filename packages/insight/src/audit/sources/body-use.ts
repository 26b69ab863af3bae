import type { AnyHandler } from '../../types/stack.js'
import { type FunctionSource, parameterName, sourceOf } from './function-source.js'

/*
 * What a handler does with the body of a request, read off its text.
 */

/** Whether it reads `req.body`, and does nothing that may have put it there itself. */
export function readsBody(handler: AnyHandler | null): boolean {
  const source = sourceOf(handler)
  if (source === null || mayReadStream(source)) return false
  if (/^\{[^}]*\bbody\b/u.test(source.parameters[0] ?? '')) return true
  const req = parameterName(source, 0)
  if (req === null) return false
  const member = new RegExp(
    `(?<![\\w$.])${name(req)}\\s*\\??\\.\\s*body\\b(?!\\s*(?:=(?!=)|\\?\\?=|\\|\\|=))`,
    'u',
  )
  const taken = new RegExp(`\\{[^{}]*\\bbody\\b[^{}]*\\}\\s*=\\s*${name(req)}(?![\\w$.])`, 'u')
  return member.test(source.text) || taken.test(source.text)
}

/** Names of middleware that never touches a body, although its text or name may sound so. */
const LEAVES_THE_BODY = new Set([
  'compression',
  'cookieParser',
  'corsMiddleware',
  'helmetMiddleware',
  'logger',
  'serveStatic',
  'session',
])

/** Whether it may put a body on the request, or take it away from others: generously, as the rule needs to be sure. */
export function mayParseBodies(handler: AnyHandler | null): boolean {
  if (handler === null) return true
  if (LEAVES_THE_BODY.has(handler.name)) return false
  const source = sourceOf(handler)
  const words = /body|pars|upload|multi|form|busboy|graphql/iu
  return source === null || words.test(handler.name) || words.test(source.text)
}

/** Whether it listens to the request, or gives it to somebody who may. */
function mayReadStream(source: FunctionSource): boolean {
  const req = parameterName(source, 0)
  if (req === null) return false
  const listens = `(?<![\\w$.])${name(req)}\\s*\\.\\s*(?:on|once|pipe|read|addListener|setEncoding)\\s*\\(`
  const iterates = `\\bof\\s+${name(req)}(?![\\w$.])`
  const gives = `[\\w$\\])]\\s*\\((?:[^()]*,)?\\s*${name(req)}\\s*[,)]`
  const start = source.text.search(new RegExp(`(?<![\\w$])${name(req)}(?![\\w$])`, 'u'))
  const body = source.text.slice(start + req.length)
  return new RegExp(`${listens}|${iterates}|${gives}`, 'u').test(body)
}

function name(parameter: string): string {
  return parameter.replaceAll('$', String.raw`\$`)
}
