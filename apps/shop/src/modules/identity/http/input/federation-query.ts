import { z } from 'zod'
import { expecting } from '../../../../http/input/expectation.js'

/**
 * Security: a path of this site and nothing else, so that the sign-in can't be used to send people elsewhere (open
 * redirect). `//host`, and `/\host`, which browsers read like it, are other sites.
 */
const LOCAL_PATH = /^\/(?![/\\])[^\p{Cc}\p{Cs}\\]*$/u

export const federationQuery = z.strictObject({
  returnTo: expecting(
    'a path of this site with at most 500 characters, such as "/"',
    z.string().max(500).regex(LOCAL_PATH),
  ).default('/'),
})
