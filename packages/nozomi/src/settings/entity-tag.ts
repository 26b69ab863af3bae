import { formatEntityTag } from '../http/entity-tag.js'
import { RecentTags } from '../http/recent-tags.js'

/** Makes the ETag of a body; nothing when the answer is to have none. */
export type EntityTagger = (body: Buffer | string, encoding?: BufferEncoding) => string | undefined

const recentWeak = new RecentTags((text) => formatEntityTag(text, true))
const recentStrong = new RecentTags((text) => formatEntityTag(text, false))

export const weakEntityTag: EntityTagger = (body, encoding) => {
  const bytes = bytesOf(body, encoding)
  return typeof bytes === 'string' ? recentWeak.tagOf(bytes) : formatEntityTag(bytes, true)
}

export const strongEntityTag: EntityTagger = (body, encoding) => {
  const bytes = bytesOf(body, encoding)
  return typeof bytes === 'string' ? recentStrong.tagOf(bytes) : formatEntityTag(bytes, false)
}

/** Whether a tagger is one of the two above, which take a string as it is; a user's own expects a Buffer. */
export function isBuiltIn(tagger: EntityTagger): boolean {
  return tagger === weakEntityTag || tagger === strongEntityTag
}

/**
 * Compiles the setting `etag`: true or `'weak'` (the default), `'strong'`, false, or a function.
 *
 * @throws TypeError for any other value.
 */
export function compileEntityTag(value: unknown): EntityTagger | undefined {
  if (typeof value === 'function') return value as EntityTagger
  switch (value) {
    case true:
    case 'weak':
      return weakEntityTag
    case 'strong':
      return strongEntityTag
    case false:
      return undefined
    default:
      throw new TypeError(`unknown value for etag function: ${value}`)
  }
}

function bytesOf(body: Buffer | string, encoding: BufferEncoding | undefined): Buffer | string {
  return typeof body === 'string' && encoding !== undefined && !isUtf8(encoding)
    ? Buffer.from(body, encoding)
    : body
}

function isUtf8(encoding: string): boolean {
  return encoding === 'utf8' || encoding === 'utf-8'
}
