import type { Stats } from 'node:fs'
import { extname } from 'node:path'
import { contentTypeOf } from '../http/content-type-names.js'
import { formatVersionTag } from '../http/entity-tag.js'
import { formatHttpDate } from '../http/http-date.js'
import { type Coding, EXTENSIONS } from './content-coding.js'

/** What fields say about a file. */
export interface FileDescription {
  type: string
  lastModified: string
  etag: string
}

export function describeFile(path: string, stat: Stats): FileDescription {
  return {
    type: typeOfFile(path),
    lastModified: formatHttpDate(stat.mtime.getTime()),
    etag: formatVersionTag(stat),
  }
}

/**
 * The same for a file that stands for another one. RFC 9110 §8.8.3: two representations have two tags, even should
 * they be equally long and old.
 */
export function describeEncoded(
  { lastModified, etag }: FileDescription,
  path: string,
  coding: Coding,
): FileDescription {
  return {
    type: typeOfFile(originalPath(path, coding)),
    lastModified,
    etag: `${etag.slice(0, -1)}-${coding}"`,
  }
}

/** The path of the file that an encoded one stands for. */
export function originalPath(path: string, coding: Coding | null): string {
  return coding === null ? path : path.slice(0, -EXTENSIONS[coding].length)
}

function typeOfFile(path: string): string {
  return contentTypeOf(extname(path).slice(1)) || 'application/octet-stream'
}
