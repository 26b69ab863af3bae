import type { AnyHandler } from '../../types/stack.js'
import { sourceOf } from '../sources/function-source.js'

/** Middleware that is known by its name, and by a mark in its text that others of that name don't have. */
export type Known = 'body-parser' | 'cors' | 'helmet' | 'session' | 'static' | 'multer'

const MARKS: readonly { known: Known; name: RegExp; text: RegExp }[] = [
  {
    known: 'body-parser',
    name: /^(?:json|urlencoded|raw|text)Parser$/u,
    text: /read(?:Body)?\)?\s*\(\s*req, res, next/u,
  },
  { known: 'cors', name: /^corsMiddleware$/u, text: /optionsCallback\(req/u },
  { known: 'helmet', name: /^helmetMiddleware$/u, text: /middlewareFunctions/u },
  {
    known: 'session',
    name: /^session$/u,
    text: /sessionStore[\s\S]*cookieOptions|cookieOptions[\s\S]*sessionStore/u,
  },
  { known: 'static', name: /^serveStatic$/u, text: /new Serving\(|send\(req, path, opts\)/u },
  { known: 'multer', name: /^multerMiddleware$/u, text: /setup\(/u },
]

/** Which of the well-known this is; null for everything else, and for what was minified. */
export function knownAs(handler: AnyHandler | null): Known | null {
  const text = sourceOf(handler)?.text
  if (handler === null || text === undefined) return null
  return MARKS.find((mark) => mark.name.test(handler.name) && mark.text.test(text))?.known ?? null
}
