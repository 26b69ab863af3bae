import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, placeOf } from '../describe.js'
import { knownAs } from '../known/known-middleware.js'
import { type StaticRoot, staticRootOf } from '../known/options.js'
import type { Rule } from '../rule.js'

export const staticExposesFiles: Rule = {
  name: 'static-exposes-files',
  severity: 'error',
  why: 'Everything in the folder can be fetched by anybody: a package.json there means that the sources and their dependencies are served, and files that begin with a dot often hold secrets.',
  *check({ steps }) {
    for (const step of steps) {
      const { handler } = step.node
      if (handler === null || knownAs(handler) !== 'static') continue
      const folder = staticRootOf(handler)
      const exposed = folder === null ? [] : exposedIn(folder)
      if (folder === null || exposed.length === 0) continue
      yield {
        what: `${describe(step)} serves ${folder.root}, which holds ${exposed.join(', ')}`,
        mend: `Serve a folder of its own, such as ${join(folder.root, 'public')}, and leave the option dotfiles at its default.`,
        place: placeOf(step.node),
      }
    }
  },
}

/** What no public folder holds, as far as it would be served. */
function exposedIn({ root, dotfiles }: StaticRoot): string[] {
  // A package of others that is served out of node_modules is public as it is.
  if (/[\\/]node_modules[\\/]/u.test(root)) return []
  return namesIn(root)
    .filter((name) => PROJECT_FILES.has(name) || (dotfiles === 'allow' && isSecretDotfile(name)))
    .toSorted()
    .slice(0, MOST_NAMED)
}

const MOST_NAMED = 4
const PROJECT_FILES = new Set([
  'package.json',
  'package-lock.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'node_modules',
])

function isSecretDotfile(name: string): boolean {
  return name.startsWith('.') && name !== '.well-known'
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
