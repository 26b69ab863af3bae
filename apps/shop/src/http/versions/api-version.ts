/** The versions of the API that are served, the oldest first. */
export const API_VERSIONS = ['v1', 'v2'] as const

export type ApiVersion = (typeof API_VERSIONS)[number]

/**
 * What whoever names no version gets. The oldest: a client that was written without a word about versions goes on
 * working when a new one comes.
 */
export const DEFAULT_VERSION = 'v1' satisfies ApiVersion

/** The media type of one version in one notation: `application/vnd.shop.v2+json`. */
export function mediaTypeOf(version: ApiVersion, notation: 'json' | 'xml'): string {
  return `application/vnd.shop.${version}+${notation}`
}
