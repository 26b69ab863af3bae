import { readFile, realpath, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import type { Place } from '../types/place.js'
import { fileOf, formatPlace, pathInside } from './place-text.js'
import type { CodeFrame } from './wire.js'

const BEFORE = 5
const AFTER = 4
/** What is longer is not written by people. */
const LARGEST_FILE = 2 * 1024 * 1024
const LONGEST_LINE = 400

const SCRIPTS = new Set(['.js', '.mjs', '.cjs', '.jsx', '.ts', '.mts', '.cts', '.tsx'])

/**
 * The lines around a place; null where they can't or must not be shown.
 *
 * Security: of scripts alone, and of those inside the folder of the application, also when a link leads out of it. A
 * place may come from a stack, and a stack from an error that anybody made.
 */
export async function readCodeFrame(place: Place, root: string): Promise<CodeFrame | null> {
  try {
    const file = await realpath(fileOf(place))
    if (!SCRIPTS.has(extname(file)) || pathInside(file, await realpath(root)) === null) return null
    const { size } = await stat(file)
    if (size > LARGEST_FILE) return null
    return frameOf(await readFile(file, 'utf8'), place, root)
  } catch {
    return null
  }
}

function frameOf(text: string, place: Place, root: string): CodeFrame | null {
  const lines = text.split(/\r?\n/)
  if (place.line < 1 || place.line > lines.length) return null
  const from = Math.max(1, place.line - BEFORE)
  const shown = lines.slice(from - 1, place.line + AFTER)
  return {
    place: formatPlace(place, root),
    from,
    lines: shown.map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)} …` : line)),
    line: place.line,
    column: place.column,
  }
}
