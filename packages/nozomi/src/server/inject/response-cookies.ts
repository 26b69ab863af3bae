import type { ResponseCookie } from '../../types/in-process.js'

/** Reads one `Set-Cookie` field (RFC 6265 §5.2): what has no name is none. */
export function parseSetCookie(text: string): ResponseCookie | null {
  const [pair = '', ...attributes] = text.split(';')
  const equals = pair.indexOf('=')
  if (equals < 1) return null
  const cookie: ResponseCookie = {
    name: pair.slice(0, equals).trim(),
    value: decode(pair.slice(equals + 1).trim()),
  }
  for (const attribute of attributes) {
    const [, name = '', value = ''] = /^\s*([^=]*?)\s*(?:=\s*(.*?)\s*)?$/s.exec(attribute) ?? []
    set(cookie, name.toLowerCase(), value)
  }
  return cookie
}

function set(cookie: ResponseCookie, name: string, value: string): void {
  switch (name) {
    case 'domain':
    case 'path':
    case 'priority':
      cookie[name] = value
      break
    case 'samesite':
      cookie.sameSite = value
      break
    case 'expires':
      cookie.expires = new Date(value)
      break
    case 'max-age':
      cookie.maxAge = Number(value)
      break
    case 'httponly':
      cookie.httpOnly = true
      break
    case 'secure':
    case 'partitioned':
      cookie[name] = true
      break
    default:
  }
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
