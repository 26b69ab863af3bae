import { isAbsolute, relative } from 'node:path'
import type { Place } from '../types/place.js'

/** `src/routes/users.ts:12`: from the folder that the process runs in, where the file is below it. */
export function formatPlace(place: Place | null): string {
  if (place === null) return ''
  const { file, line } = place
  const path = isAbsolute(file) ? relative(process.cwd(), file) : file
  return `${path.startsWith('..') ? file : path}:${line}`
}
