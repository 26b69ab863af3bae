import Module, { register } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { FrameworkResolution } from './framework-resolution.js'
import type { SideConfiguration } from './side-messages.js'

interface Resolved {
  url: string
}

/** Members of `node:module` that the types of Node.js 20 do not have, or that are not in the docs but used by all. */
interface ModuleInternals {
  _resolveFilename(
    specifier: string,
    parent: { filename?: string | null } | undefined,
    ...rest: unknown[]
  ): string
  registerHooks?(hooks: {
    resolve(specifier: string, context: HookContext, next: (s: string, c?: object) => Resolved): Resolved
  }): void
}

interface HookContext {
  parentURL?: string
  conditions?: readonly string[]
}

/** Makes `require('express')` and `import 'express'` give the chosen framework, anywhere in this process. */
export function installResolution(configuration: SideConfiguration): void {
  const resolution = new FrameworkResolution(configuration)
  const internals = Module as unknown as ModuleInternals
  patchRequire(internals, resolution)
  if (internals.registerHooks) registerInThread(internals, resolution)
  else register('./resolve-hooks.js', { parentURL: pathToFileURL(__filename), data: configuration })
}

/** `require()`, `require.resolve()` and `createRequire()`. */
function patchRequire(internals: ModuleInternals, resolution: FrameworkResolution): void {
  const { _resolveFilename: resolveFilename } = internals
  internals._resolveFilename = function _resolveFilename(this: unknown, specifier, parent, ...rest) {
    let found: string | null = null
    let failure: unknown
    try {
      found = resolveFilename.call(this, specifier, parent, ...rest)
    } catch (error) {
      failure = error
    }
    const file = resolution.choose(specifier, found, 'require', parent?.filename ?? null)
    if (file !== null) return resolveFilename.call(this, file, parent, ...rest)
    if (found === null) throw failure
    return found
  }
}

function registerInThread(internals: ModuleInternals, resolution: FrameworkResolution): void {
  internals.registerHooks?.({
    resolve(specifier, context, next) {
      const kind = context.conditions?.includes('require') ? 'require' : 'import'
      let found: Resolved | null = null
      let failure: unknown
      try {
        found = next(specifier, context)
      } catch (error) {
        failure = error
      }
      const file = resolution.choose(specifier, fileOf(found?.url), kind, fileOf(context.parentURL))
      if (file !== null) return next(pathToFileURL(file).href, context)
      if (found === null) throw failure
      return found
    },
  })
}

/** The path of a file; of what is none, such as `node:fs`, its URL. */
function fileOf(url: string | undefined): string | null {
  if (url === undefined) return null
  return url.startsWith('file:') ? fileURLToPath(url) : url
}
