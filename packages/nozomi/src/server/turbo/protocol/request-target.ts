import { isHost } from '../../../http/host.js'

/*
 * The four forms of a request target (RFC 9112 §3.2): `/path?query`, `http://host/path?query`, `host:port` for CONNECT
 * alone, `*` for OPTIONS alone. Its characters are checked elsewhere.
 */

const SLASH = 0x2f
const ABSOLUTE = /^https?:\/\/([^/?]*)/i
/** What `http://` may go on with, as long as it is not over. */
const ABSOLUTE_START = /^https?:\/\/[\w.~!$&'()*+,;=:%[\]-]*(?:[/?]|$)/i
const PORT = /:[0-9]{1,5}$/

/** Whether a target has the form that belongs to the method. */
export function isTargetFor(method: string, target: string): boolean {
  if (method === 'CONNECT') return PORT.test(target) && isHost(target)
  if (target.charCodeAt(0) === SLASH) return true
  if (target === '*') return method === 'OPTIONS'
  // Security: `http://trusted@evil/` is refused, since isHost knows no user (RFC 9110 §4.2.4).
  const authority = authorityOf(target)
  return authority !== undefined && isHost(authority)
}

/** Whether a target of which more may come can still be one. */
export function mayBecomeTarget(method: string, start: string): boolean {
  if (start === '' || start.charCodeAt(0) === SLASH || method === 'CONNECT') return true
  if (start === '*') return method === 'OPTIONS'
  const scheme = start.slice(0, 8).toLowerCase()
  return 'https://'.startsWith(scheme) || 'http://'.startsWith(scheme) || ABSOLUTE_START.test(start)
}

/** The host, and port if any, of a target in absolute form. */
export function authorityOf(target: string): string | undefined {
  return ABSOLUTE.exec(target)?.[1]
}
