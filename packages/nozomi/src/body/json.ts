import { createError } from '../errors/catalogue.js'
import type { BodyParser, OptionsJson } from '../types/body-options.js'
import { type BodyPlan, compileBodyPlan } from './body-plan.js'
import { isKnownCharset } from './charset.js'
import {
  dropProtoKeys,
  droppingProtoKeys,
  findProtoKey,
  type ProtoKeys,
  readNames,
  type Reviver,
} from './json-proto-keys.js'
import { assertObjectOrArray, withoutFields } from './json-syntax.js'
import { harmlessBodies } from './harmless-bodies.js'
import { quoteValue } from './option-value.js'
import { readBody } from './read-body.js'

/**
 * Middleware that parses JSON bodies into `req.body`.
 *
 * `req.body` stays as it was (undefined) when the request has no body, when its Content-Type is another than `type`
 * says, and when the body was read before. An empty body gives `{}`.
 *
 * Errors are passed to `next`, with their `status`, `type` and `code`: 413 `entity.too.large`, 400
 * `entity.parse.failed` (a SyntaxError of the engine; `body` is the text), 403 `entity.verify.failed`, 415
 * `charset.unsupported` and `encoding.unsupported`, 400 `request.aborted`, `request.size.invalid` and
 * `entity.proto.key`.
 *
 * Follows https://expressjs.com/en/5x/api.html#express.json. Differs from Express: bodies that could change a
 * prototype are refused (`protoKeys`); what is refused is not read to its end, and its connection is closed; a
 * `defaultCharset` that is no encoding of Unicode throws here, not in each request.
 *
 * @throws TypeError for options that cannot be meant.
 * @example
 * app.use(json({ limit: '1mb' }))
 */
export function json(options?: OptionsJson): BodyParser {
  const plan = compileBodyPlan(options, {
    type: 'application/json',
    defaultCharset: compileDefaultCharset(options?.defaultCharset || 'utf-8'),
    takesCharset: isUnicode,
    parse: compileParse(options ?? {}) as BodyPlan['parse'],
  })
  return function jsonParser(req, res, next) {
    readBody(req, res, next, plan)
  }
}

function compileDefaultCharset(option: unknown): string {
  const charset = typeof option === 'string' ? option.toLowerCase() : ''
  if (isUnicode(charset) && isKnownCharset(charset)) return charset
  throw new TypeError(`option defaultCharset must be an encoding of Unicode, not ${quoteValue(option)}`)
}

/** RFC 8259 §8.1 asks for UTF-8; other encodings of Unicode are understood. */
function isUnicode(charset: string): boolean {
  return charset.startsWith('utf-')
}

function compileParse(options: OptionsJson): (text: string) => unknown {
  const isStrict = options.strict !== false
  const protoKeys = options.protoKeys ?? 'refuse'
  const reviver = (options.reviver || undefined) as Reviver | undefined
  if (reviver !== undefined && typeof reviver !== 'function') {
    throw new TypeError(`option reviver must be a function, not ${quoteValue(reviver)}`)
  }
  if (protoKeys !== 'refuse' && protoKeys !== 'drop' && protoKeys !== 'keep') {
    throw new TypeError(`option protoKeys must be "refuse", "drop" or "keep", not ${quoteValue(protoKeys)}`)
  }
  return function parseJson(text) {
    if (text === '') return {}
    // Perf: the first character of nearly every body tells.
    if (isStrict && text[0] !== '{' && text[0] !== '[') assertObjectOrArray(text)
    if (protoKeys === 'keep') return parseText(text, reviver)
    // Security: what a reviver has made of the body is in no text.
    const harmless = reviver ? undefined : harmlessBodies()
    const tells = readNames(text, harmless !== undefined)
    if (tells === 'may hold some') return parseGuarded(text, protoKeys, reviver)
    const body = parseText(text, reviver)
    if (tells === 'names none' && typeof body === 'object' && body !== null) harmless?.add(body)
    return body
  }
}

function parseText(text: string, reviver: Reviver | undefined): unknown {
  if (!reviver) return JSON.parse(text)
  try {
    return JSON.parse(text, reviver)
  } catch (error) {
    throw withoutFields(error)
  }
}

/** The reviver gets to see the body only when it is known what the body holds. */
function parseGuarded(text: string, protoKeys: ProtoKeys, reviver: Reviver | undefined): unknown {
  const body = JSON.parse(text)
  const key = findProtoKey(body)
  if (key === null) return reviver ? parseText(text, reviver) : body
  if (protoKeys === 'refuse') throw createError('NOZOMI_BODY_PROTO_KEY', [key])
  if (reviver) return parseText(text, droppingProtoKeys(reviver))
  dropProtoKeys(body)
  return body
}
