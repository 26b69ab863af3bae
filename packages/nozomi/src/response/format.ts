import { createError } from '../errors/catalogue.js'
import { mediaTypeOfName } from '../http/content-type-names.js'
import type { ResponseState } from './state.js'

type Formatter = (req: unknown, res: unknown, next: unknown) => void

export const formatMembers: object & ThisType<ResponseState> = {
  /**
   * Answers with the formatter of the type that the client prefers (`Accept`); the first one without `Accept`.
   * Without a match `default` runs, or the request goes on with a 406 that lists the types. Adds `Vary: Accept`.
   */
  format(formatters: Record<string, Formatter>): ResponseState {
    const { req } = this
    const { next } = req
    const types = Object.keys(formatters).filter((type) => type !== 'default')
    const chosen = types.length > 0 ? req.accepts(types) : false
    this.vary('Accept')
    if (chosen) {
      this.set('Content-Type', mediaTypeIn(chosen))
      formatters[chosen]?.(req, this, next)
    } else if (formatters['default']) {
      formatters['default'](req, this, next)
    } else {
      next(createError('NOZOMI_FORMAT_NOT_ACCEPTABLE', [], { types: types.map(mediaTypeIn) }))
    }
    return this
  },
}

/** `'json'` or `'text/html;level=1'` as a media type without parameters. */
function mediaTypeIn(offer: string): string {
  return offer.includes('/') ? (offer.split(';', 1)[0] as string).trim() : mediaTypeOfName(offer)
}
