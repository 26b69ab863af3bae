import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import type { FrameworkFiles, SideConfiguration } from './side-messages.js'

/*
 * Which file of which framework an import gets in a side. Runs in the application's thread and, on Node.js 20, in the
 * thread of the module hooks.
 */

/** The names under which applications ask for the framework. */
const FRAMEWORK_NAME = /^(express|nozomi)(?:\/(.+))?$/

export class FrameworkResolution {
  readonly #chosen: FrameworkFiles
  readonly #other: FrameworkFiles
  /** Files that stand for the framework as a whole, when they are asked for by path. */
  readonly #otherEntries: ReadonlySet<string>

  readonly #application: string

  constructor({ chosen, other, application }: SideConfiguration) {
    this.#chosen = chosen
    this.#other = other
    this.#application = application
    const { requireEntry, importEntry, folder } = other
    this.#otherEntries = new Set([requireEntry, importEntry, join(folder, 'lib', 'express.js')])
  }

  /**
   * The file to give instead of what node found; null: what node found.
   *
   * @param found the file that node would give; null when there is none
   * @param from the file that asks
   */
  choose(
    specifier: string,
    found: string | null,
    kind: 'require' | 'import',
    from: string | null,
  ): string | null {
    if (found === null && from !== null && this.#isOf(this.#chosen, from))
      return this.#besideApplication(specifier)
    if (found !== null && this.#isOf(this.#chosen, found)) return null
    const named = FRAMEWORK_NAME.exec(specifier)
    if (named !== null && (found === null || this.#isReplaceable(found))) {
      return this.#file(named[2] ?? null, kind)
    }
    return found !== null && this.#otherEntries.has(found) ? this.#file(null, kind) : null
  }

  /** View engines are loaded by the framework, which would be installed beside them. */
  #besideApplication(specifier: string): string | null {
    try {
      return createRequire(this.#application).resolve(specifier)
    } catch {
      return null
    }
  }

  #isOf(framework: FrameworkFiles, file: string): boolean {
    return file.startsWith(framework.folder + sep)
  }

  /** A package below may bring an Express of another major version for itself: it keeps it. */
  #isReplaceable(found: string): boolean {
    return this.#isOf(this.#other, found) || majorOf(found) === this.#chosen.version.split('.')[0]
  }

  #file(subpath: string | null, kind: 'require' | 'import'): string {
    const { folder, requireEntry, importEntry } = this.#chosen
    if (subpath === null) return kind === 'require' ? requireEntry : importEntry
    const path = join(folder, subpath)
    const file = [path, `${path}.js`, join(path, 'index.js')].find(
      (one) => /\.\w+$/.test(one) && existsSync(one),
    )
    // What is not there is asked for all the same, so that the application hears it from node.
    return file ?? path
  }
}

/** The major version of the package that a file belongs to. */
function majorOf(file: string): string | undefined {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const path = join(folder, 'package.json')
    if (!existsSync(path)) continue
    const { name, version } = JSON.parse(readFileSync(path, 'utf8')) as { name?: string; version?: string }
    if (name === 'express' || name === 'nozomi') return version?.split('.')[0]
  }
  return undefined
}
