import { z } from 'zod'
import type { Request, RequestHandler } from '../framework.js'

/** A cookie as cookie-parser read it; null when it is not there, or is no text. */
export function parseCookie(req: Request, name: string): string | null {
  const value = (req.cookies as Record<string, unknown> | undefined)?.[name]
  return typeof value === 'string' && value !== '' ? value : null
}

/**
 * A cookie that an operation takes. Security: it may be one that a neighbour under the same domain has planted, or one of another time. So
 * whatever it holds, the request goes on: what is empty, or no text, is none.
 */
export function cookieText(description: string) {
  return z
    .string()
    .transform((text) => (text === '' ? undefined : text))
    .optional()
    .catch(undefined)
    .meta({ description })
}

/**
 * Behind cookie-parser, which makes objects of values that begin with `j:`. Nothing here sends such, and they are taken away: a contract
 * refuses keys such as `__proto__` in what it takes, before a schema could take it for none.
 */
export const textCookies: RequestHandler = (req, _res, next) => {
  const cookies = req.cookies as Record<string, unknown>
  for (const [name, value] of Object.entries(cookies)) if (typeof value !== 'string') delete cookies[name]
  next()
}
