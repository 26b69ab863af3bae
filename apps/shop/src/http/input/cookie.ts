import type { Request } from '../framework.js'

/** A cookie as cookie-parser read it; null when it is not there, or is no text (its `j:` prefix gives objects). */
export function parseCookie(req: Request, name: string): string | null {
  const value = (req.cookies as Record<string, unknown> | undefined)?.[name]
  return typeof value === 'string' && value !== '' ? value : null
}
