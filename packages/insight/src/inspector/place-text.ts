import { isAbsolute, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Place } from '../types/place.js'
import type { PlaceText } from './wire.js'

/** A place as it is shown: short where it is inside the folder of the application. */
export function formatPlace(place: Place, root: string): PlaceText
export function formatPlace(place: Place | null, root: string): PlaceText | null
export function formatPlace(place: Place | null, root: string): PlaceText | null {
  if (place === null) return null
  const file = fileOf(place)
  const inside = isAbsolute(file) ? pathInside(file, root) : null
  return `${inside === null ? file : inside.split(sep).join('/')}:${place.line}:${place.column}`
}

/** Absolute path of the file, or what the place says where it is none. */
export function fileOf(place: Place): string {
  try {
    return place.file.startsWith('file:') ? fileURLToPath(place.file) : place.file
  } catch {
    return place.file
  }
}

/** The path from `root` to `file`; null when it leads out of it. */
export function pathInside(file: string, root: string): string | null {
  const path = relative(root, file)
  const leadsOut = path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)
  return leadsOut ? null : path
}
