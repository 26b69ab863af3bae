import type { IncomingMessage } from 'node:http'
import { extname, join, sep } from 'node:path'
import { isConditional } from '../http/freshness.js'
import { refusalError, withFileStatus } from './file-errors.js'
import type { FileMemory } from './file-memory.js'
import type { FileSettings } from './file-settings.js'
import { type Found, type FoundFile, openFile, statFile } from './open-file.js'

/*
 * Which file is meant: the one of that name, one of its extensions, or the index of the folder.
 */

/** What becomes of a search. */
export interface Finder {
  onFile(file: FoundFile): void
  /** The path is that of a folder, and no index was asked for. */
  onFolder(path: string): void
  onFailure(error: Error): void
}

/** How a path is looked up: `openFile`, or `statFile` for a request whose answer will hardly need the bytes. */
export type Look = (path: string, found: Found<FoundFile>) => void

/** Perf: most conditional requests end in 304, which the state of the file decides. */
export function lookFor({ method, headers }: IncomingMessage): Look {
  return method === 'HEAD' || isConditional(headers) ? statFile : openFile
}

/** Looks into memory first. */
export function lookInto(memory: FileMemory | null, look: Look): Look {
  if (memory === null) return look
  return (path, found) => {
    const kept = memory.get(path)
    if (kept === undefined) look(path, found)
    else {
      memory.recall(kept, (file) => {
        if (file) found(null, file)
        else look(path, found)
      })
    }
  }
}

/**
 * @param isFolder whether the name ended with a slash: then an index is looked for, if there may be any
 */
export function findFile(
  path: string,
  isFolder: boolean,
  settings: FileSettings,
  look: Look,
  finder: Finder,
): void {
  if (isFolder && settings.index.length > 0) {
    tryEach(indexPaths(path, settings), 0, look, finder)
    return
  }
  const endsWithSlash = path.endsWith(sep)
  look(path, (error, file) => {
    if (file) finder.onFile(file)
    else if (!error) finder.onFolder(path)
    else if (isMissing(error) && settings.extensions.length > 0 && !endsWithSlash && extname(path) === '') {
      tryEach(extendedPaths(path, settings), 0, look, finder)
    } else finder.onFailure(withFileStatus(error))
  })
}

function indexPaths(path: string, { index }: FileSettings): string[] {
  return index.map((name) => join(path, name))
}

function extendedPaths(path: string, { extensions }: FileSettings): string[] {
  return extensions.map((extension) => `${path}.${extension}`)
}

/** Takes the first candidate that is a file. The failure reported is that of the last. */
function tryEach(candidates: readonly string[], index: number, look: Look, finder: Finder): void {
  look(candidates[index] as string, (error, file) => {
    if (file) finder.onFile(file)
    else if (index + 1 < candidates.length) tryEach(candidates, index + 1, look, finder)
    else finder.onFailure(error ? withFileStatus(error) : refusalError(404))
  })
}

function isMissing(error: NodeJS.ErrnoException): boolean {
  return error.code === 'ENOENT'
}
