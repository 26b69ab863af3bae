import type { RequestHandler } from 'express-serve-static-core'
import type { VersionMark } from '../operations/version-marks.js'

/**
 * A layer as the stacks of Express 5 and Nozomi have them, so that whoever reads routes (Insight, the OpenAPI document, listers) finds
 * those of a version behind its path.
 */
export interface VersionLayer {
  /** Read for each request: tools replace it. */
  handle: RequestHandler
  readonly name: string
  readonly rawPath: string
  readonly slash: boolean
  readonly route: undefined
  readonly '~version': VersionMark
  path: string | undefined
  params: Record<string, unknown>
  keys: readonly string[]
  /** Whether a path is one of the version, as far as a path can say. */
  match(path: string): { path: string; params: Record<string, unknown>; keys: readonly string[] } | false
}

/** @param path `/v1`, or `/` where the path does not say which version it is. */
export function createVersionLayer(
  path: string,
  handle: RequestHandler,
  isDefault: boolean,
  mark: VersionMark,
): VersionLayer {
  const slash = path === '/'
  const prefix = path.toLowerCase()
  return {
    handle,
    name: handle.name || '<anonymous>',
    rawPath: path,
    slash,
    route: undefined,
    '~version': mark,
    path: undefined,
    params: {},
    keys: [],
    match(asked) {
      const isBehind = !slash && `${asked.toLowerCase()}/`.startsWith(`${prefix}/`)
      if (isBehind) return { path: asked.slice(0, prefix.length), params: {}, keys: [] }
      return slash || isDefault ? { path: '', params: {}, keys: [] } : false
    },
  }
}
