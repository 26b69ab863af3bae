import { isAbsolute, relative } from 'node:path'
import type { Place } from '../types/place.js'

/** Nobody writes lines so long: the code is minified, and its line alone says nothing. */
const LONG_LINE = 250

/** `src/routes/users.ts:12`: from the folder that the process runs in, where the file is below it. */
export function formatPlace(place: Place | null): string {
  if (place === null) return ''
  const { file, line, column } = place
  const path = isAbsolute(file) ? relative(process.cwd(), file) : file
  const shown = `${path.startsWith('..') ? file : path}:${line}`
  return column > LONG_LINE ? `${shown}:${column}` : shown
}
