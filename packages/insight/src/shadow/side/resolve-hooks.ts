import { fileURLToPath, pathToFileURL } from 'node:url'
import { FrameworkResolution } from './framework-resolution.js'
import type { SideConfiguration } from './side-messages.js'

/*
 * Hooks for `import`, in a thread of their own: what Node.js 20 has in place of `module.registerHooks()`.
 */

interface Resolved {
  url: string
  format?: string | null
  shortCircuit?: boolean
}

interface Context {
  parentURL?: string
}

type NextResolve = (specifier: string, context: Context) => Promise<Resolved>

const state: { resolution: FrameworkResolution | null } = { resolution: null }

export function initialize(configuration: SideConfiguration): void {
  state.resolution = new FrameworkResolution(configuration)
}

export async function resolve(
  specifier: string,
  context: Context,
  nextResolve: NextResolve,
): Promise<Resolved> {
  const { resolution } = state
  if (resolution === null) return nextResolve(specifier, context)
  let found: Resolved | null = null
  let failure: unknown
  try {
    found = await nextResolve(specifier, context)
  } catch (error) {
    failure = error
  }
  const file = resolution.choose(specifier, fileOf(found?.url), 'import', fileOf(context.parentURL))
  if (file !== null) return nextResolve(pathToFileURL(file).href, context)
  if (found === null) throw failure
  return found
}

/** The path of a file; of what is none, such as `node:fs`, its URL. */
function fileOf(url: string | undefined): string | null {
  if (url === undefined) return null
  return url.startsWith('file:') ? fileURLToPath(url) : url
}
