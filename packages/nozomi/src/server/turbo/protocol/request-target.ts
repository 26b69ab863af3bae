import { isHost } from '../../../http/host.js'

/*
 * The four forms of a request target (RFC 9112 §3.2). Its characters have been checked before.
 */

const ABSOLUTE = /^https?:\/\/([^/?]+)(?:[/?]|$)/i
const AUTHORITY = /:[0-9]{1,5}$/

/** Whether a target has the form that belongs to the method. */
export function isTargetFor(method: string, target: string): boolean {
  if (method === 'CONNECT') return AUTHORITY.test(target) && isHost(target)
  if (target.charCodeAt(0) === 0x2f) return true
  if (target === '*') return method === 'OPTIONS'
  const authority = ABSOLUTE.exec(target)?.[1]
  // Security: `http://trusted@evil/` is refused, since isHost knows no user (RFC 9110 §4.2.4).
  return authority !== undefined && isHost(authority)
}
