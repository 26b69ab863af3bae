import type { IncomingMessage } from 'node:http'
import { posix } from 'node:path'
import { isCanonicalPath } from './canonical-path.js'

/*
 * Spellings that are not canonical and yet not simply missing, because Express's own tests ask for them or clients use
 * them, and nothing that a guard protects is given away.
 */

/**
 * @internal A method of the application, which knows who else may have looked at a request: whether the handler is the
 * very first thing that sees it.
 */
export const isFirstToSee = Symbol('nozomi.isFirstToSee')

/** The part of a request by which one can tell that nobody before has looked at it. */
export interface RoutedRequest extends IncomingMessage {
  originalUrl?: string | undefined
  baseUrl?: string | undefined
  app?: { [isFirstToSee]?(req: RoutedRequest, handler: unknown): boolean } | undefined
}

/**
 * The name behind repeated leading slashes: `//users` gives `/users`. If it is a folder, the client is sent to it: that
 * tells the name of a folder at the top and nothing else, and a guard sees the request that follows.
 */
export function nameBehindSlashes(pathname: string): string | null {
  const name = pathname.replace(/^\/+/, '/')
  return name.length < pathname.length && isTopLevelName(name) ? name : null
}

/**
 * The file directly under the root that plain dot segments lead to: `/users/../todo.txt` gives `/todo.txt`. It is
 * answered only where nobody has looked at the request before, see {@link isUnseen}.
 */
export function nameBehindDots(pathname: string): string | null {
  if (/[%\\]|\/\//.test(pathname)) return null
  const name = posix.normalize(pathname)
  return isTopLevelName(name) ? name : null
}

/** Whether no guard can have been passed by the spelling, since nobody has looked at the request. */
export function isUnseen(req: RoutedRequest, handler: unknown): boolean {
  return req.app?.[isFirstToSee]?.(req, handler) === true
}

/**
 * Characters that have a meaning in other parts of a target, encoded in the name of a folder. RFC 3986 §2.2: clients
 * write them either way, and a guard on a folder (`/@team`) sees one of the two.
 */
const ENCODED_IN_FOLDER = /%(?:2[146-9a-c]|3[abd]|40)(?=.*\/)/gi

/** Whether the name of a folder in the path is spelled otherwise than a guard would spell it. */
export function hasEncodedFolder(path: string): boolean {
  return path.search(ENCODED_IN_FOLDER) !== -1
}

/** The path with such characters as they are. */
export function withPlainFolders(path: string): string {
  return path.replace(ENCODED_IN_FOLDER, decodeURIComponent)
}

function isTopLevelName(path: string): boolean {
  return path.length > 1 && path.lastIndexOf('/') === 0 && isCanonicalPath(path)
}
