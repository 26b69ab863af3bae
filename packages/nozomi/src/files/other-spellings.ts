import type { IncomingMessage } from 'node:http'
import { posix } from 'node:path'
import { isCanonicalPath } from './canonical-path.js'

/*
 * Two spellings that are not canonical and yet not simply missing, because Express's own tests ask for them and
 * nothing that a guard protects is given away.
 */

/** The part of a request by which one can tell that nobody before has looked at it. */
export interface RoutedRequest extends IncomingMessage {
  originalUrl?: string | undefined
  baseUrl?: string | undefined
  app?: { parent?: unknown; router?: { stack?: { handle?: unknown }[] } } | undefined
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

/**
 * Whether the handler is the very first thing that an application has, and the application is mounted nowhere: then the
 * spelling can't have led past a guard of it.
 */
export function isUnseen(req: RoutedRequest, handler: unknown): boolean {
  const { app } = req
  if (!app || app.parent || req.baseUrl || req.originalUrl !== req.url) return false
  return app.router?.stack?.[0]?.handle === handler
}

function isTopLevelName(path: string): boolean {
  return path.length > 1 && path.lastIndexOf('/') === 0 && isCanonicalPath(path)
}
