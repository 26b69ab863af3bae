import { createHash, hash as oneShotHash } from 'node:crypto'

/*
 * Entity tags (RFC 9110 §8.8.3), with the values of the package `etag`: a cache filled by Express stays valid.
 *
 * Perf: runs for each response whose body is sent by `res.send()`, but for small texts that come again (recent-tags.ts). The
 * one-shot hash makes no Hash object.
 */

/** What of `fs.Stats` an entity tag is made of. */
export interface Version {
  size: number
  mtime: Date
}

/** Node 20.12 and 21.7 brought the one-shot function; a runtime that only imitates node may lack it. */
const sha1: (body: Buffer | string) => string =
  typeof oneShotHash === 'function'
    ? (body) => oneShotHash('sha1', body, 'base64')
    : (body) => createHash('sha1').update(body).digest('base64')

const EMPTY = '"0-2jmj7l5rSw0yVb/vlWAYkK/YBwk"'

/** The length in bytes and a hash: changes with every byte. A string counts as its UTF-8 bytes. */
export function formatEntityTag(body: Buffer | string, weak: boolean): string {
  const tag = body.length === 0 ? EMPTY : tagOfBytes(body)
  return weak ? `W/${tag}` : tag
}

/**
 * Size and time of change, without reading the file. Weak unless asked otherwise: two changes within a millisecond
 * that keep the size give the same tag.
 */
export function formatVersionTag({ size, mtime }: Version, weak = true): string {
  const tag = `"${size.toString(16)}-${mtime.getTime().toString(16)}"`
  return weak ? `W/${tag}` : tag
}

function tagOfBytes(body: Buffer | string): string {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length
  // A base64 SHA-1 is 27 digits and one sign of padding.
  return `"${length.toString(16)}-${sha1(body).slice(0, 27)}"`
}
