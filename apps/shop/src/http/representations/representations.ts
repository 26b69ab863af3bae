import type { Request, RequestHandler, Response } from '../framework.js'
import { answeredVersion } from '../versions/asked-version.js'
import { type Extent, FORMATS, type Format, formatsFor } from './formats.js'
import { notAcceptable } from './not-acceptable.js'
import type { Shown, ShownList } from './shown.js'

interface Chosen {
  readonly format: Format
  readonly type: string
}

const choices = new WeakMap<object, Chosen>()

/**
 * Chooses the notation of the answer from `Accept`, or refuses with 406. It stands before the handler, so that who
 * could not read the answer changes nothing.
 */
export function negotiated(extent: Extent): RequestHandler {
  const formats = formatsFor(extent)
  return function negotiate(req, res, next) {
    res.vary('Accept')
    choices.set(req, choose(req, formats))
    next()
  }
}

/** Answers with a resource in the notation that `negotiated` chose. */
export function show(req: Request, res: Response, shown: Shown | ShownList): void {
  const { format, type } = choices.get(req) ?? { format: FORMATS[0] as Format, type: 'application/json' }
  res.type(type === 'text/csv' ? 'text/csv; charset=utf-8; header=present' : type).send(format.write(shown))
}

/**
 * RFC 9110 §8.8.3: representations differ in their bytes, so in their strong entity tags. What the tag of one in JSON
 * has in addition: nothing; in XML: `-xml`.
 */
export function tagSuffix(req: Request): string {
  const { format } = choices.get(req) ?? { format: FORMATS[0] as Format }
  return format.name === 'json' ? '' : `-${format.name}`
}

function choose(req: Request, formats: readonly Format[]): Chosen {
  const version = answeredVersion(req)
  const types = formats.flatMap((format) => format.types(version).map((type) => ({ format, type })))
  const names = types.map(({ type }) => type)
  // A browser would be shown XML: it accepts that, after HTML and before anything else.
  const isBrowser = req.accepts(['text/html', ...names]) === 'text/html'
  const accepted = isBrowser ? req.accepts('application/json') : req.accepts(names)
  const chosen = types.find(({ type }) => type === accepted)
  if (chosen === undefined) throw notAcceptable(req, names)
  return chosen
}
