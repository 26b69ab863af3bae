import type { EventEmitter } from 'node:events'
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
 * Whether the handler is the very first thing that sees a request: the first layer of an application that is mounted
 * nowhere, and is itself the one listener of the server. Then the spelling can't have led past a guard.
 */
export function isUnseen(req: RoutedRequest, handler: unknown): boolean {
  const { app } = req
  if (!app || app.parent || req.baseUrl || req.originalUrl !== req.url) return false
  if (app.router?.stack?.[0]?.handle !== handler) return false
  const { server } = req.socket as { server?: EventEmitter }
  const listeners = server?.listeners('request')
  return listeners?.length === 1 && listeners[0] === app
}

function isTopLevelName(path: string): boolean {
  return path.length > 1 && path.lastIndexOf('/') === 0 && isCanonicalPath(path)
}
