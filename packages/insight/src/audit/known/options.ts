import type { AnyHandler } from '../../types/stack.js'
import { boundThisOf, variableAround } from './closure-of.js'
import { dataOf, isHidden, isObject } from './own-data.js'

/*
 * The options that well-known middleware was made with, out of the variables around it. Each function gives null when they
 * can't be seen: minified code, another version, a getter, a process without an inspector.
 */

/** The variable with the limit: in body-parser 2 one of two, in Nozomi, and in body-parser 1 a variable of its own. */
const LIMITED_BY = ['readOptions', 'normalizedOptions', 'plan']

/** Bytes; Infinity for none. */
export function bodyLimitOf(parser: AnyHandler): number | null {
  const options = LIMITED_BY.map((name) => variableAround(parser, name)).find((value) => isObject(value))
  const limit = dataOf(options, 'limit') ?? variableAround(parser, 'limit')
  return typeof limit === 'number' ? limit : null
}

export interface StaticRoot {
  readonly root: string
  readonly dotfiles: unknown
}

export function staticRootOf(handler: AnyHandler): StaticRoot | null {
  const options = variableAround(handler, 'opts') ?? variableAround(handler, 'settings')
  const root = dataOf(options, 'root')
  return typeof root === 'string' ? { root, dotfiles: dataOf(options, 'dotfiles') } : null
}

export interface CorsOptions {
  readonly origin: unknown
  readonly credentials: unknown
}

/** Null also when the options are made for each request. */
export function corsOptionsOf(handler: AnyHandler): CorsOptions | null {
  const callback = variableAround(handler, 'optionsCallback')
  const options = variableAround(handler, 'o')
  if (typeof callback !== 'function' || !isObject(options) || typeof options === 'function') return null
  if (isHidden(options, 'origin') || isHidden(options, 'credentials')) return null
  return { origin: dataOf(options, 'origin'), credentials: dataOf(options, 'credentials') }
}

export interface SessionOptions {
  readonly secure: unknown
  readonly sameSite: unknown
  /** The name of its class. */
  readonly store: string | null
}

/** Of cookies that are made for each request only the store is known: `secure` and `sameSite` are null then. */
export function sessionOptionsOf(handler: AnyHandler): SessionOptions | null {
  const cookie = variableAround(handler, 'cookieOptions')
  const store = variableAround(handler, 'store')
  if (!isObject(cookie) || !isObject(store)) return null
  const isUnseen = (name: string): boolean => typeof cookie === 'function' || isHidden(cookie, name)
  return {
    secure: isUnseen('secure') ? null : dataOf(cookie, 'secure'),
    sameSite: isUnseen('sameSite') ? null : dataOf(cookie, 'sameSite'),
    store: className(store),
  }
}

/** Whether an upload may be of any size; null when that can't be seen. */
export function hasUploadLimit(handler: AnyHandler): boolean | null {
  const setup = variableAround(handler, 'setup')
  const multer = typeof setup === 'function' ? boundThisOf(setup as AnyHandler) : undefined
  if (!isObject(multer) || isHidden(multer, 'limits')) return null
  const limits = dataOf(multer, 'limits')
  if (limits === undefined || limits === null) return false
  if (typeof limits === 'function') return null
  return isLimit(dataOf(limits, 'fileSize'))
}

/** Whether helmet was told to let the field be. */
export function keepsPoweredBy(handler: AnyHandler): boolean {
  const parts = variableAround(handler, 'middlewareFunctions')
  return (
    Array.isArray(parts) &&
    !parts.some((part) => (part as { name?: unknown }).name === 'xPoweredByMiddleware')
  )
}

function isLimit(limit: unknown): boolean {
  return typeof limit === 'number' && Number.isFinite(limit)
}

function className(value: object): string | null {
  const name = dataOf(dataOf(value, 'constructor'), 'name')
  return typeof name === 'string' ? name : null
}
