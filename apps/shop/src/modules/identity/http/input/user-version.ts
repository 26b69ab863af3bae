import { z } from 'zod'
import { ifMatch } from '../../../../http/input/if-match.js'
import type { User } from '../../domain/user.js'

/** RFC 9110 §8.8.3: a user's entity tag is its version; a strong one, each change makes a new version. */
export function userTag({ version }: User): string {
  return `"${version}"`
}

const OUR_TAG = /^"(\d{1,9})"$/

/** The user as whoever changes it has read it. Left out: whatever it is by now. */
export const userIfMatch = z.object({
  'if-match': ifMatch('the ETag of the user as you read it, or *', (tag) => {
    const version = OUR_TAG.exec(tag)?.[1]
    return version === undefined ? null : Number(version)
  }).optional(),
})
