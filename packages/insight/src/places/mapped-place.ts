import { findSourceMap } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Place } from '../types/place.js'

/** A place in a script, as V8 counts it (from 0), as one in the sources: by the source map that node has read, if any. */
export function mappedPlace(url: string, line: number, column: number): Place {
  const entry = entryFor(url, line, column)
  if (entry?.originalSource === undefined) return { file: fileOf(url), line: line + 1, column: column + 1 }
  return {
    file: fileOf(entry.originalSource),
    line: entry.originalLine + 1,
    column: entry.originalColumn + 1,
  }
}

interface Entry {
  originalSource?: string
  originalLine: number
  originalColumn: number
}

/** A source map may be broken; then the place in the script is the best that is known. */
function entryFor(url: string, line: number, column: number): Entry | undefined {
  try {
    return findSourceMap(url)?.findEntry(line, column) as Entry | undefined
  } catch {
    return undefined
  }
}

/** The path of a file URL; what is no file stays as it is. */
export function fileOf(url: string): string {
  if (!url.startsWith('file://')) return url
  try {
    return fileURLToPath(url)
  } catch {
    return url
  }
}
