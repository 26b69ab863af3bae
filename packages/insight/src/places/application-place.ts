import { dirname, join, sep } from 'node:path'
import type { Place } from '../types/place.js'
import { placesOfStack } from './stack-places.js'

const IN_PACKAGES = /[\\/]node_modules[\\/]/

/** The folders of code that is no application's, where it does not stand in node_modules: in a checkout, or linked. */
const house = { folders: null as readonly string[] | null }

/** The first place of a stack that is of the application: not of node, of a package, of the framework, or of Insight. */
export function applicationPlace(error: unknown): Place | null {
  return placesOfStack(error).find(({ file }) => isOfApplication(file)) ?? null
}

/** Whether a file is the application's own. */
export function isOfApplication(file: string): boolean {
  if (file.startsWith('node:') || IN_PACKAGES.test(file)) return false
  house.folders ??= [join(__dirname, '..'), join(__dirname, '../../src'), ...frameworkFolders()].map(
    (folder) => folder + sep,
  )
  return !house.folders.some((folder) => file.startsWith(folder))
}

function frameworkFolders(): string[] {
  return ['nozomi', 'express'].flatMap((name) => {
    try {
      const root = dirname(require.resolve(`${name}/package.json`))
      return ['dist', 'src', 'lib'].map((folder) => join(root, folder))
    } catch {
      return []
    }
  })
}
