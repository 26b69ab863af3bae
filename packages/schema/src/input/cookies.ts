/* Runs for each request whose contract names `cookies`. */
import { parse } from 'cookie'
import { jsonSchemaOf } from '../schemas/json-schema-of.js'
import { compileSchema } from '../schemas/run-schema.js'
import type { ValidateOptions } from '../types/options.js'
import type { Schema } from '../types/schema.js'
import { findForbiddenKeys } from './forbidden-keys.js'
import type { Part } from './part.js'
import { compilePick } from './pick.js'
import type { Kept } from './kept.js'
import { type InputRequest, isRecord, over, together } from './request.js'
import { allNamedKeys, compileShapes } from './shapes.js'

/**
 * `req.cookies`, of cookie-parser or of whoever filled it, with the signed ones whose signature holds; parsed here when nobody did. The
 * schema gets the ones that it names, and the others stay as they are.
 */
export function compileCookies(schema: Schema, { coerce = true }: ValidateOptions): Part {
  const run = compileSchema(schema)
  const jsonSchema = jsonSchemaOf(schema, 'input')
  const pick = compilePick(jsonSchema, coerce)
  const named = allNamedKeys(compileShapes(jsonSchema))
  return {
    place: 'cookies',
    check(req, kept) {
      const cookies = pick(cookiesOf(req, kept))
      const forbidden = findForbiddenKeys(cookies)
      return forbidden === null ? run(cookies) : { issues: forbidden }
    },
    origin: (req, kept) => ({ sent: cookiesOf(req, kept), schema }),
    keep(req, value, kept, valid) {
      const { cookies } = kept
      const sent = cookies.isParsed ? cookiesOf(req, kept) : cookies.raw
      const all = cookies.raw as Record<string, unknown>
      req.cookies = cookies.put(over(all, value as Record<string, unknown>), named, sent)
      valid.cookies = together(valid.cookies, value, sent, named)
    },
  }
}

function cookiesOf(req: InputRequest, kept: Kept): Record<string, unknown> {
  const { signedCookies } = req
  const cookies = kept.cookies.take(req.cookies ?? parse(req.headers.cookie ?? ''))
  if (!isRecord(cookies)) return {}
  return isRecord(signedCookies) ? { ...cookies, ...genuine(signedCookies) } : cookies
}

/** Security: cookie-parser gives `false` for a cookie whose signature does not hold, which is as good as none. */
function genuine(signed: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(signed).filter(([, value]) => value !== false))
}
