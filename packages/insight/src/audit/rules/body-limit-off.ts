import { describe, placeOf } from '../describe.js'
import { knownAs } from '../known/known-middleware.js'
import { bodyLimitOf } from '../known/options.js'
import type { Rule } from '../rule.js'
import { handlersOf, isMiddleware } from '../steps.js'

export const bodyLimitOff: Rule = {
  name: 'body-limit-off',
  severity: 'error',
  why: 'The parser holds the whole body in memory. A few clients that send large ones, or compressed ones that grow, end the process.',
  *check({ steps }) {
    for (const step of steps) {
      for (const { node } of handlersOf(step)) {
        const { handler } = node
        if (handler === null || knownAs(handler) !== 'body-parser') continue
        const limit = bodyLimitOf(handler)
        if (limit === null || limit <= MOST_BYTES) continue
        const where = isMiddleware(step) ? '' : `${describe(step)}: `
        yield {
          what: `${where}${handler.name} takes bodies of ${formatSize(limit)}`,
          mend: "Give it a limit that its routes need: { limit: '1mb' }. Large files are for a parser that writes them to disk, such as multer.",
          place: placeOf(step.node),
        }
      }
    }
  },
}

const MEBIBYTE = 1024 * 1024
/** More than this at once in memory, for each request, is no limit. */
const MOST_BYTES = 100 * MEBIBYTE

function formatSize(bytes: number): string {
  return Number.isFinite(bytes) ? `up to ${Math.round(bytes / MEBIBYTE)} MB` : 'any size'
}
