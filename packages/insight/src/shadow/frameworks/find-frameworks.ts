import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import type { FrameworkFiles } from '../side/side-messages.js'

/** A framework was not found, or is another one than it should be. */
export class FrameworkError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'FrameworkError'
  }
}

/** Names under which either is installed: the alias `express` may be Nozomi. */
const INSTALLED_AS = ['express', 'nozomi', 'stock-express'] as const

const ENTRIES = {
  express: { require: 'index.js', import: 'index.js' },
  nozomi: { require: 'index.cjs', import: 'index.mjs' },
} as const

/**
 * Finds a framework where the application finds it, else where this package does.
 *
 * @param given the folder of the package; null: it is searched for
 * @throws FrameworkError
 */
export function findFramework(
  name: 'express' | 'nozomi',
  application: string,
  cwd: string,
  given: string | null,
): FrameworkFiles {
  if (given !== null) {
    const folder = resolve(cwd, given)
    const found = readPackage(join(folder, 'package.json'))
    if (found?.name === name) return filesOf(name, createRealFolder(folder), found.version)
    throw new FrameworkError(`${folder} is ${found ? `${found.name}, and not` : 'no folder of'} ${name}.`)
  }
  for (const from of [application, join(cwd, 'package.json'), __filename]) {
    for (const alias of INSTALLED_AS) {
      const path = resolvePackage(alias, from)
      const found = path === null ? null : readPackage(path)
      if (path !== null && found?.name === name) return filesOf(name, dirname(path), found.version)
    }
  }
  const option = name === 'express' ? '--stock' : '--nozomi'
  throw new FrameworkError(`${name} is not installed: install it, or name its folder with ${option}.`)
}

function createRealFolder(folder: string): string {
  return dirname(createRequire(join(folder, 'package.json')).resolve('./package.json'))
}

function resolvePackage(name: string, from: string): string | null {
  try {
    return createRequire(from).resolve(`${name}/package.json`)
  } catch {
    return null
  }
}

function readPackage(path: string): { name: string; version: string } | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { name: string; version: string }
  } catch {
    return null
  }
}

function filesOf(name: 'express' | 'nozomi', folder: string, version: string): FrameworkFiles {
  const { require: required, import: imported } = ENTRIES[name]
  return { name, folder, version, requireEntry: join(folder, required), importEntry: join(folder, imported) }
}
