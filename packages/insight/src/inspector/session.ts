import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { InspectorRequest } from './messages.js'

/*
 * Who has the token: it comes in a field, or came once by the form, and is a cookie since. The cookie is no token: it
 * holds when it ends, signed with the token, so that every process of a cluster takes it, none has to keep it, and a new
 * token ends them all.
 */

const COOKIE = 'nozomi-inspector'
const SESSION_S = 12 * 60 * 60
/** As many characters as 64 random bits take in hexadecimal. */
export const SHORTEST_TOKEN = 16

export function isToken(given: unknown, token: string): boolean {
  return typeof given === 'string' && isSame(given, token)
}

/** Security: `Authorization: Bearer`, not a query parameter, which would stand in logs and histories. */
export function hasToken(req: InspectorRequest, token: string): boolean {
  const match = /^bearer +(.+)$/i.exec(req.headers.authorization ?? '')
  if (match !== null) return isToken(match[1], token)
  return cookiesOf(req).some((value) => isSession(value, token))
}

export function formatSession(req: InspectorRequest, token: string, path: string): string {
  const ends = Math.floor(Date.now() / 1000) + SESSION_S
  const secure = req.secure === true || (req.socket as { encrypted?: boolean }).encrypted === true
  const value = `${ends}.${signatureOf(ends, token)}`
  return `${COOKIE}=${value}; Path=${path}; Max-Age=${SESSION_S}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
}

function isSession(value: string, token: string): boolean {
  const match = /^(\d{1,12})\.([\w-]{43})$/.exec(value)
  if (match === null) return false
  const ends = Number(match[1])
  return isSame(match[2] ?? '', signatureOf(ends, token)) && ends > Date.now() / 1000
}

function signatureOf(ends: number, token: string): string {
  return createHmac('sha256', token).update(`nozomi inspector until ${ends}`).digest('base64url')
}

/** Security: takes the same time wherever the two differ, and whatever their lengths are. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function cookiesOf(req: InspectorRequest): string[] {
  return (req.headers.cookie ?? '').split(';').flatMap((pair) => {
    const at = pair.indexOf('=')
    return at > 0 && pair.slice(0, at).trim() === COOKIE ? [pair.slice(at + 1).trim()] : []
  })
}
