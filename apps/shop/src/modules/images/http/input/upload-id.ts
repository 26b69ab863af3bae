import { isId } from '../../../../domain/ids.js'
import type { Request } from '../../../../http/framework.js'
import { invalidInput } from '../../../../http/problems/invalid-input.js'

const FIELD_NAME = 'Upload-Id'

/** The id that the uploader chose; null when its progress is of no interest. Throws when it is none. */
export function uploadIdOf(req: Request): string | null {
  const sent = req.get(FIELD_NAME)
  if (sent === undefined) return null
  if (isId(sent)) return sent
  const problem = `is ${JSON.stringify(sent.slice(0, 60))}`
  throw invalidInput([{ in: 'headers', field: FIELD_NAME, problem, expected: 'a UUID in small letters' }])
}
