import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that static files are served from. */
export const FILES_ROOT = fileURLToPath(new URL('../.cache/files', import.meta.url))

const SIZES = { '1k.txt': 1024, '10k.txt': 10 * 1024, '1m.txt': 1024 * 1024 }
/** The same in every run, so that entity tags made of it stay the same. */
const CHANGED = new Date('2026-01-01T00:00:00Z')

/** The text of one of the files. */
export function fileText(name) {
  const line = 'All the world is made of bytes, and some of them are sent twice.\n'
  return line.repeat(Math.ceil(SIZES[name] / line.length)).slice(0, SIZES[name])
}

/** Writes the files that are missing or not as they should be. */
export function writeFiles() {
  mkdirSync(FILES_ROOT, { recursive: true })
  for (const name of Object.keys(SIZES)) {
    const path = join(FILES_ROOT, name)
    const text = fileText(name)
    if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text)
    utimesSync(path, CHANGED, CHANGED)
  }
}
