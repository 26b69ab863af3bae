import { isAliasName } from './alias-names.js'

/*
 * The one way of writing a path that `static()` answers.
 *
 * A router matches the path of a request as it was sent. A file server that then decodes and normalizes it answers
 * for one file under endless spellings, and a guard that was mounted at one of them (`app.use('/admin', guard)`)
 * never sees the others: `//admin/x`, `/%61dmin/x`, `/y/../admin/x`. So only that spelling is answered which leaves
 * nothing to decide:
 *
 * - no empty segment, none that is `.` or `..`, no backslash;
 * - an octet is percent-encoded only where there can be a reason. RFC 3986 §2.3: an unreserved character (letters,
 *   digits, `-._~`) means the same encoded and plain, so encoding it is only a disguise. `%2F`, `%5C` and `%00`
 *   would change the structure of the path after it was matched.
 *
 * Everything else may be written both ways, because clients do: `[`, `|`, `'`, `(`, `@`, `&`, `+`, ... plain or
 * encoded, hexadecimal digits in either case, and what must be encoded (blanks, `%`, `?`, what is not ASCII). Those of
 * them that are reserved (RFC 3986 §2.2) have one spelling in the names of folders: other-spellings.ts.
 */

const SLASH = 0x2f
const BACKSLASH = 0x5c
const PERCENT = 0x25

/** An octet as a client that sends bytes beyond ASCII unencoded makes it arrive: node reads the target as Latin-1. */
const RAW_OCTET = /[\u0080-\u00ff]/

/** Segments of ASCII letters, digits and `-._~`, none of them empty, none beginning with a dot. */
const PLAIN_PATH = /^\/(?:[\w~-][\w.~-]*\/)*(?:[\w~-][\w.~-]*)?$/

/**
 * Whether the path is canonical, is decoded and normalized already, and names no dot file: then nothing of that needs
 * to be found out. Perf: nearly all paths are plain.
 */
export function isPlainPath(path: string): boolean {
  return PLAIN_PATH.test(path)
}

/** Whether the path (`/a/b`, `/a/`, or `''` for a mount point) is in canonical spelling. */
export function isCanonicalPath(path: string): boolean {
  let start = 1
  for (let i = 0; i < path.length; i++) {
    const code = path.charCodeAt(i)
    if (code === SLASH) {
      if (!isCanonicalSegment(path, start, i, i === 0)) return false
      start = i + 1
    } else if (i === 0 || code === BACKSLASH || (code === PERCENT && !isNeededOctet(path, i))) return false
  }
  return isCanonicalSegment(path, start, path.length, true)
}

/**
 * Security: an unencoded `é` arrives as one Latin-1 character that decodes to itself, so `/\xe9` would be the file
 * that a guard knows as `/%C3%A9`.
 */
export function hasRawOctet(path: string): boolean {
  return RAW_OCTET.test(path)
}

/** Whether the file system takes some segment for another name. Never on Linux. */
export function hasAlias(name: string, platform: string): boolean {
  return name.split('/').some((segment) => isAliasName(segment, platform))
}

function isCanonicalSegment(path: string, start: number, end: number, mayBeEmpty: boolean): boolean {
  const length = end - start
  if (length <= 0) return mayBeEmpty
  if (length > 2 || path[start] !== '.') return true
  return length === 2 && path[start + 1] !== '.'
}

/** Whether there can be a reason to encode the octet at `index`. */
function isNeededOctet(path: string, index: number): boolean {
  const octet = Number.parseInt(path.slice(index + 1, index + 3), 16)
  if (octet === 0 || octet === SLASH || octet === BACKSLASH) return false
  return !(octet < 0x80 && /[\w.~-]/.test(String.fromCharCode(octet)))
}
