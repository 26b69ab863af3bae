import type { AnyHandler, StackLayer } from '../../types/stack.js'
import { type FunctionSource, parameterName, sourceOf } from './function-source.js'

/*
 * Whether a handler can give a request to the layers behind it, read off its text. Only what is certain counts: a handler
 * that shows no text, takes its arguments as a list, or names `next` in a way not understood here may pass on.
 *
 * Comments and strings are left in: a `next` in one of them can only make it uncertain.
 */

/** Whether no request comes through it: it answers, fails, or hangs. */
export function neverPassesOn(handler: AnyHandler | null): boolean {
  const source = sourceOf(handler)
  if (source === null || handler === null) return false
  const known = endings.get(handler)
  if (known !== undefined) return known
  const isEnd = !takesAnyArguments(source) && isWithoutNext(handler, source)
  endings.set(handler, isEnd)
  return isEnd
}

/** What was read off the text of a function once stays true. */
const endings = new WeakMap<AnyHandler, boolean>()

/** `req.next` is that of the router, and leaves a route. */
const OF_REQUEST = /\.\s*next\b|\[\s*['"`]next|\{[^{}]*\bnext\b[^{}]*\}\s*=[^>]/u

function isWithoutNext(handler: AnyHandler, source: FunctionSource): boolean {
  // Parity: `throw 'route'` does what `next('route')` does.
  if (OF_REQUEST.test(source.text) || SAYS.route.test(source.text) || SAYS.router.test(source.text))
    return false
  const namesOther = /\bnext\b/u.test(source.text)
  if (source.parameters.length < 3) return handler.length === source.parameters.length && !namesOther
  const next = parameterName(source, 2)
  if (next === null || (next !== 'next' && namesOther)) return false
  return !new RegExp(`(?<![\\w$])${escaped(next)}(?![\\w$])`, 'u').test(bodyOf(source, next))
}

/** Whether it may leave its route or its router by `next('route')` or `next('router')`; what shows no text, may. */
export function mayLeave(handler: AnyHandler | null, where: 'route' | 'router'): boolean {
  const source = sourceOf(handler)
  if (source === null || takesAnyArguments(source)) return true
  return SAYS[where].test(source.text) || (where === 'route' && OF_REQUEST.test(source.text))
}

/** Whether an error handler may take an error for mended, and let the request go on: `next()`. */
export function mayResume(handler: AnyHandler | null): boolean {
  const source = sourceOf(handler)
  if (source === null || takesAnyArguments(source)) return true
  const [error, next] = [parameterName(source, 0), parameterName(source, 3)]
  if (error === null || next === null) return true
  const start = source.text.search(new RegExp(`(?<![\\w$])${escaped(next)}(?![\\w$])`, 'u'))
  const body = source.text.slice(start + next.length)
  const handedOn = new RegExp(`(?<![\\w$.])${escaped(next)}\\(\\s*${escaped(error)}\\s*\\)`, 'gu')
  return new RegExp(`(?<![\\w$])${escaped(next)}(?![\\w$])`, 'u').test(body.replace(handedOn, ' '))
}

const SAYS = { route: /['"`]route['"`]/u, router: /['"`]router['"`]/u }

/** Whether it says 404. */
export function saysNotFound(handler: AnyHandler | null): boolean {
  return /\b404\b|not_?found/iu.test(sourceOf(handler)?.text ?? '')
}

/** The handler of a layer, if it has one. */
export function handlerOf(layer: StackLayer): AnyHandler | null {
  return typeof layer.handle === 'function' ? layer.handle : null
}

function takesAnyArguments({ text, parameters }: FunctionSource): boolean {
  return parameters.some((parameter) => parameter.startsWith('...')) || /\barguments\b|\beval\b/u.test(text)
}

/** The text behind the name of `next` in the list of parameters, without the calls that can only fail. */
function bodyOf({ text }: FunctionSource, next: string): string {
  const start = text.search(new RegExp(`(?<![\\w$])${escaped(next)}(?![\\w$])`, 'u'))
  return withoutFailures(text.slice(start + next.length), escaped(next))
}

/** @param next the name, as a part of a regular expression */
function withoutFailures(body: string, next: string): string {
  const call = `(?<![\\w$])${next}\\(\\s*`
  const made = new RegExp(
    `${call}(?:new\\s+\\w|(?:create(?:Http)?Error|(?:http)?errors?\\.\\w+|Boom\\.\\w+)\\s*\\()`,
    'giu',
  )
  const checked = new RegExp(
    `if\\s*\\(\\s*([\\w$]+)\\s*\\)\\s*\\{?\\s*(?:return\\s+)?${call}\\1\\s*\\)`,
    'gu',
  )
  const rejected = new RegExp(`\\.catch\\(\\s*${next}\\s*\\)`, 'gu')
  const passed = new RegExp(
    `\\.catch\\(\\s*\\(?\\s*([\\w$]+)\\s*\\)?\\s*=>\\s*\\{?\\s*(?:return\\s+)?${call}\\1\\s*\\)`,
    'gu',
  )
  const rest = [made, checked, rejected, passed].reduce((text, pattern) => text.replace(pattern, ' '), body)
  return withoutCaught(rest, call)
}

/** `catch (error) { next(error) }`: what was thrown is hardly ever nothing. */
function withoutCaught(body: string, call: string): string {
  return [...body.matchAll(/\bcatch\s*\(\s*([\w$]+)\s*\)/gu)].reduce((text, [, name = '']) => {
    const isAlsoParameter = new RegExp(`[(,]\\s*${escaped(name)}\\s*(?:,|\\)\\s*(?:=>|\\{))`, 'u')
    const others = text.replace(new RegExp(`\\bcatch\\s*\\(\\s*${escaped(name)}\\s*\\)`, 'gu'), ' ')
    if (isAlsoParameter.test(others.replace(new RegExp(`${call}${escaped(name)}\\s*\\)`, 'gu'), ' ')))
      return text
    return text.replace(new RegExp(`${call}${escaped(name)}\\s*\\)`, 'gu'), ' ')
  }, body)
}

function escaped(name: string): string {
  return name.replaceAll('$', String.raw`\$`)
}
