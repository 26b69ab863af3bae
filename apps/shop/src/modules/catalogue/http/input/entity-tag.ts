import { z } from 'zod'
import type { Request } from '../../../../http/framework.js'
import { ifMatch } from '../../../../http/input/if-match.js'
import { tagSuffix } from '../../../../http/representations/representations.js'
import type { ApiVersion } from '../../../../http/versions/api-version.js'
import { answeredVersion } from '../../../../http/versions/asked-version.js'

/**
 * RFC 9110 §8.8.3: a product's entity tag is its version, a strong one: each change makes a new version. It names
 * the version of the API and the notation too, so that another representation of the same product has another tag.
 */
export function entityTagOf({ version }: { readonly version: number }, req: Request): string {
  return `"${numberOf(answeredVersion(req))}-${version}${tagSuffix(req)}"`
}

const OUR_TAG = /^"([12])-(\d{1,9})(?:-(?:hal|xml))?"$/

/** The product as whoever changes it has read it, in a version of the API. That of another notation names the same state. */
export function productIfMatch(version: ApiVersion) {
  const ours = numberOf(version)
  const expected = `the ETag of the product as you read it, with its quotes, such as "${ours}-3", or *`
  return z.object({
    'if-match': ifMatch(expected, (tag) => {
      const [, api, product] = OUR_TAG.exec(tag) ?? []
      return api === ours ? Number(product) : null
    }).meta({ description: 'The ETag as it was read, or `*`.' }),
  })
}

/** `2` for `v2`. */
function numberOf(version: ApiVersion): string {
  return version.slice(1)
}
