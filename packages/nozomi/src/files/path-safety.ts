import { join, normalize, resolve, sep } from 'node:path'
import type { Refusal } from './file-errors.js'
import type { Dotfiles } from './file-settings.js'

/*
 * From a name to the one place in the file system that it may mean.
 */

/** A segment that leads up, with either slash: whoever reads the name next may take both. */
const LEADS_UP = /(?:^|[\\/])\.\.(?:[\\/]|$)/

/** The path of a request, decoded once; 400 when the encoding is broken. */
export function decodeName(pathname: string): string | 400 {
  if (!pathname.includes('%')) return pathname
  try {
    return decodeURIComponent(pathname)
  } catch {
    return 400
  }
}

/**
 * The absolute path of a name.
 *
 * Security: the name never leaves the root, however it is written. Without a root, a name that leads up at all is
 * refused, because nothing says how far it may.
 *
 * @param root an absolute path; null when the name is to be absolute
 * @returns the path, or the status to refuse with: 400 for a null byte, 403 for a way out of the root and for a dot
 *   file under `'deny'`, 404 for a dot file under `'ignore'`
 */
export function resolveName(name: string, root: string | null, dotfiles: Dotfiles): string | Refusal {
  if (name.includes('\0')) return 400
  const relative = root === null || name === '' ? name : normalize(`.${sep}${name}`)
  if (LEADS_UP.test(relative)) return 403
  if (dotfiles !== 'allow' && normalizedSegments(relative, root).some(isDotfile)) {
    return dotfiles === 'deny' ? 403 : 404
  }
  return root === null ? resolve(name) : join(root, relative)
}

/** Parity: without a root the folders above the file count too, so that a dot folder anywhere hides it. */
function normalizedSegments(relative: string, root: string | null): string[] {
  return (root === null ? normalize(relative) : relative).split(sep)
}

function isDotfile(segment: string): boolean {
  return segment.length > 1 && segment.startsWith('.')
}
