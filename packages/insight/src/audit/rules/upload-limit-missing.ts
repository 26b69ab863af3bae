import { describe, placeOf } from '../describe.js'
import { knownAs } from '../known/known-middleware.js'
import { hasUploadLimit } from '../known/options.js'
import type { Rule } from '../rule.js'
import { handlersOf } from '../steps.js'

export const uploadLimitMissing: Rule = {
  name: 'upload-limit-missing',
  severity: 'warning',
  why: 'Without a limit multer takes files of any size: one upload can fill the disk, or the memory where it keeps them there.',
  *check({ steps }) {
    for (const step of steps) {
      for (const { node } of handlersOf(step)) {
        const { handler } = node
        if (handler === null || knownAs(handler) !== 'multer' || hasUploadLimit(handler) !== false) continue
        yield {
          what: `${describe(step)}: multer takes files of any size`,
          mend: 'Give it a limit: multer({ limits: { fileSize: 5 * 1024 * 1024 } }).',
          place: placeOf(step.node),
        }
      }
    }
  },
}
