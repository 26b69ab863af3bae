import { registrationOf } from '../hosts/registration-notes.js'
import type { AnyApplication, StackLayer } from '../types/stack.js'

/** Of middleware whose path is not known: stock Express before 5.3 (router 2.2) does not keep it, and nobody watched. */
export const UNKNOWN_PATH = '*'

/** So many full paths are told apart for a layer; mounts with many paths inside one another multiply. */
const MOST_PATHS = 100

/** The paths that a layer was registered with. */
export function pathsOf(layer: StackLayer, mounted: AnyApplication | null): (string | RegExp)[] {
  const given = [
    layer.rawPath,
    registrationOf(layer)?.path,
    layer.route?.path,
    layer.slash === true ? '/' : undefined,
    mounted?.mountpath,
    UNKNOWN_PATH,
  ].find((path) => path !== undefined && path !== null)
  const paths = [given].flat(Number.POSITIVE_INFINITY)
  return paths.map((path) => (path instanceof RegExp ? path : String(path)))
}

/** Each path behind each of the prefixes it is mounted on. */
export function joinPaths(prefixes: readonly string[], paths: readonly (string | RegExp)[]): string[] {
  const joined = prefixes.flatMap((prefix) => paths.map((path) => joinPath(prefix, path)))
  return [...new Set(joined)].slice(0, MOST_PATHS)
}

/** A path behind one prefix, as text. */
export function joinPath(prefix: string, path: string | RegExp): string {
  const base = prefix.replace(/\/+$/, '')
  if (path instanceof RegExp) return base === '' ? String(path) : `${base} ${String(path)}`
  if (path === '/' || path === '') return base === '' ? '/' : base
  return path.startsWith('/') || base === '' ? base + path : `${base}/${path}`
}
